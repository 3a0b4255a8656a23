"""How people sign in: by a code in the mail or a passkey, and how often that may be tried. Part of the settings."""

AUTH_USER_MODEL = "people.Person"
# The second one keeps those signed in who were before there was the first.
AUTHENTICATION_BACKENDS = [
    "peerhood.people.signed_in.Backend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "pages:home"
LOGOUT_REDIRECT_URL = "pages:home"
ACCOUNT_ADAPTER = "peerhood.people.sign_in.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Per network address these must fit a room full of people on one Wi-Fi; per mail address they must not fill a mailbox.
# Invitation links are 128 bits of chance; what is counted is wrong ones, by where they come from.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "120/m/ip,3/m/key,12/h/key",
    "invitation_link": "20/m/ip,60/h/ip",
    # A contact card is opened by a room full of phones, and by nobody who collects.
    "contact_card": "120/m/ip,1200/h/ip",
    # A guest's comment: a few from one desk, and a company's address is many desks.
    "guest_comment": "6/m/ip,30/h/ip",
}
ACCOUNT_EMAIL_NOTIFICATIONS = True
MFA_ADAPTER = "peerhood.people.passkeys.Adapter"
MFA_FORMS = {
    "login_webauthn": "peerhood.people.passkeys.SignInForm",
    "add_webauthn": "peerhood.people.passkeys.AddForm",
}
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Nobody is signed in without a proven address; a second one still waiting to be proven is no reason to refuse.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
