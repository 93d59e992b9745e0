"""Parties: addresses, seller and buyer as an invoice keeps them, and checks of their ids."""

from __future__ import annotations

import re

from billops_desktop.domain.quoting import quoted
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _, worded
from billops_desktop.values import dataclass

# ISO 3166-1 alpha-2, officially assigned; XI stands for Northern Ireland on VAT matters.
COUNTRY_CODES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ "
    "BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM "
    "DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS "
    "GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN "
    "KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ "
    "MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
    "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV "
    "SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI "
    "VN VU WF WS XI YE YT ZA ZM ZW"
)
COUNTRIES = frozenset(COUNTRY_CODES.split())

VAT_FORMS = {
    "AT": "U[0-9]{8}",
    "BE": "[01][0-9]{9}",
    "BG": "[0-9]{9,10}",
    "CHE": "[0-9]{9}(?:MWST|TVA|IVA)?",
    "CY": "[0-9]{8}[A-Z]",
    "CZ": "[0-9]{8,10}",
    "DE": "[0-9]{9}",
    "DK": "[0-9]{8}",
    "EE": "[0-9]{9}",
    "EL": "[0-9]{9}",
    "ES": "[A-Z0-9][0-9]{7}[A-Z0-9]",
    "FI": "[0-9]{8}",
    "FR": "[A-HJ-NP-Z0-9]{2}[0-9]{9}",
    "GB": "(?:[0-9]{9}|[0-9]{12}|GD[0-4][0-9]{2}|HA[5-9][0-9]{2})",
    "HR": "[0-9]{11}",
    "HU": "[0-9]{8}",
    "IE": "(?:[0-9]{7}[A-W][A-I]?|[0-9][A-Z+*][0-9]{5}[A-W])",
    "IT": "[0-9]{11}",
    "LT": "(?:[0-9]{9}|[0-9]{12})",
    "LU": "[0-9]{8}",
    "LV": "[0-9]{11}",
    "MT": "[0-9]{8}",
    "NL": "[0-9]{9}B[0-9]{2}",
    "NO": "[0-9]{9}(?:MVA)?",
    "PL": "[0-9]{10}",
    "PT": "[0-9]{9}",
    "RO": "[0-9]{2,10}",
    "SE": "[0-9]{10}01",
    "SI": "[0-9]{8}",
    "SK": "[0-9]{10}",
    "XI": "(?:[0-9]{9}|[0-9]{12}|GD[0-4][0-9]{2}|HA[5-9][0-9]{2})",
}
IBAN_CODES = (
    "AD:24 AE:23 AL:28 AT:20 AZ:28 BA:20 BE:16 BG:22 BH:22 BI:27 BR:29 BY:28 CH:21 CR:22 CY:28 "
    "CZ:24 DE:22 DJ:27 DK:18 DO:28 EE:20 EG:29 ES:24 FI:18 FK:18 FO:18 FR:27 GB:22 GE:22 GI:23 "
    "GL:18 GR:27 GT:28 HN:28 HR:21 HU:28 IE:22 IL:23 IQ:23 IS:26 IT:27 JO:30 KW:30 KZ:20 LB:28 "
    "LC:32 LI:21 LT:20 LU:20 LV:21 LY:25 MC:27 MD:24 ME:22 MK:19 MN:20 MR:27 MT:31 MU:30 NI:28 "
    "NL:18 NO:15 OM:23 PK:24 PL:28 PS:29 PT:25 QA:29 RO:24 RS:22 RU:33 SA:24 SC:31 SD:18 SE:24 "
    "SI:19 SK:24 SM:27 SO:23 ST:25 SV:28 TL:23 TN:24 TR:26 UA:29 VA:22 VG:24 XK:20 YE:30"
)
IBAN_LENGTHS = {pair[:2]: int(pair[3:]) for pair in IBAN_CODES.split()}
BIC = re.compile(r"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
EMAIL = re.compile(r"[^@\s,;<>()\"]{1,64}@(?:[^@\s,;<>()\".]{1,63}\.)+[^@\s,;<>()\".0-9]{2,63}")
LONGEST_EMAIL = 254


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address as EN 16931 BG-5 and BG-8 name its parts; country by ISO 3166 code."""

    street: str = ""
    street_more: str = ""
    post_code: str = ""
    city: str = ""
    region: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A seller or buyer, frozen as the invoice names it; later changes never reach it."""

    name: str
    address: Address = Address()
    trade_name: str = ""
    number: str = ""
    vat_id: str = ""
    tax_number: str = ""
    register_id: str = ""
    contact: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""


def _compact(text: str) -> str:
    return re.sub(r"[\s.\-/]", "", text).upper()


def check_country(code: str) -> str:
    """Return a country's two letters in capitals; InvalidInput(field="country") otherwise."""
    country = code.strip().upper()
    if country not in COUNTRIES:
        raise InvalidInput(
            worded("{text} is not a country code.", text=quoted(code)),
            _("Use the two letters of ISO 3166, for example DE."),
            field="country",
        )
    return country


def check_vat_id(text: str) -> str:
    """Return a VAT ID without blanks and dots, when its form is that of its country.

    Whether it was given to anyone only the tax office can say.

    >>> check_vat_id("DE 136.695.976"), check_vat_id("CHE-123.456.788 MWST")
    ('DE136695976', 'CHE123456788MWST')
    """
    compact = _compact(text)
    for prefix in (compact[:3], compact[:2]):
        form = VAT_FORMS.get(prefix)
        if form is not None and re.fullmatch(form, compact[len(prefix) :]):
            return compact
    raise InvalidInput(
        worded("{text} is not a VAT ID.", text=quoted(text)),
        _("It starts with the country, for example DE123456789. Leave it empty if there is none."),
        field="vat_id",
    )


def check_iban(text: str) -> str:
    """Return an IBAN without blanks when its length and check digits (ISO 7064 mod 97) are right.

    >>> check_iban("DE89 3704 0044 0532 0130 00")
    'DE89370400440532013000'
    """
    iban = re.sub(r"\s", "", text).upper()
    right = IBAN_LENGTHS.get(iban[:2]) == len(iban) and re.fullmatch(
        "[A-Z]{2}[0-9]{2}[0-9A-Z]+", iban
    )
    if not right or int("".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])) % 97 != 1:
        raise InvalidInput(
            worded("{text} is not an IBAN.", text=quoted(text)),
            _("Compare it with the bank’s letter; one digit may be wrong or missing."),
            field="iban",
        )
    return iban


def check_bic(text: str) -> str:
    """Return a BIC in capitals when it has the 8 or 11 characters of one.

    >>> check_bic("cobadeffxxx")
    'COBADEFFXXX'
    """
    bic = re.sub(r"\s", "", text).upper()
    if not BIC.fullmatch(bic) or bic[4:6] not in COUNTRIES | {"XK"}:
        raise InvalidInput(
            worded("{text} is not a BIC.", text=quoted(text)),
            _("It has 8 or 11 characters."),
            field="bic",
        )
    return bic


def check_email(text: str) -> str:
    """Return an e-mail address as typed, without blanks around it, when it can be one.

    >>> check_email(" anna@example.com ")
    'anna@example.com'
    """
    email = text.strip()
    if len(email) > LONGEST_EMAIL or not EMAIL.fullmatch(email) or ".." in email:
        raise InvalidInput(
            worded("{text} is not an email address.", text=quoted(email)),
            _("It looks like name@example.com."),
            field="email",
        )
    return email
