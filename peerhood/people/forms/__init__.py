"""The questions people answer about themselves."""

from peerhood.people.forms.arrival import AddressForm
from peerhood.people.forms.fields import OneLine
from peerhood.people.forms.jobs import AffiliationForm
from peerhood.people.forms.profile import PhotoForm, ProfileForm, WelcomeForm

__all__ = ["AddressForm", "AffiliationForm", "OneLine", "PhotoForm", "ProfileForm", "WelcomeForm"]
