"""Whom a visitor of the demo may come in as: an address, and what there is to see from there."""

from django.utils.translation import gettext_lazy as _

CAST = [
    (
        "maja.ekvret@example.org",
        _(
            "Organises the Norrköping chapter: an afternoon to prepare, an application to answer, a list to import."
        ),
    ),
    (
        "inga.hagelro@example.org",
        _("A member in Norrköping who tells her own story at the next gathering, and has planted a seed."),
    ),
    ("nils.aspglanta@example.org", _("A PMO of one in Norrköping who comes for the first time.")),
    ("siv.rimtuva@example.org", _("A greeter in Norrköping: whoever is new meets her first.")),
    ("tova.manskar@example.org", _("Belongs to two chapters, Norrköping and Stockholm.")),
    (
        "imogen.thackwick@example.org",
        _("Organises the flashmob in London: the next evening is near, with door, tables and room to run."),
    ),
    ("rufus.pellmore@example.org", _("A regular at the flashmob, who goes to the next evening.")),
    ("niamh.curlewby@example.org", _("Comes to the flashmob for the first time.")),
    (
        "honor.withyhurst@example.org",
        _("Organises a breakfast of twelve directors, by invitation only, and looks for a date."),
    ),
    ("ambrose.ploverstow@example.org", _("A director at that breakfast, with a competitor at the table.")),
    ("dorothea.wrenfold@example.org", _("Belongs nowhere yet, and sees what an outsider sees.")),
    ("edla.vinterglanta@example.org", _("Has just arrived: three questions first.")),
]
