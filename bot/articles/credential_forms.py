"""The forms of private keys and tokens that their makers have published.

A form is a sign, what follows it and, where the sign stands within the credential, what precedes it. Patterns
begin with their sign, as ``re`` finds letters that are fixed ten times as fast as others.
"""

import re
from typing import NamedTuple


class Form(NamedTuple):
    """One kind of credential by one of its signs."""

    sign: str
    kind: str
    """What a person reads, as in "It holds a token of GitHub"."""
    pattern: re.Pattern[str]
    """Matches from the sign on; the secret part is its group, if it has to be told from an example."""
    before: re.Pattern[str]
    """Is found in the forty characters before the sign."""


_BEGINS = r"(?<![A-Za-z0-9])\Z"
_BASE64 = r"[A-Za-z0-9+/]"


def _forms(signs: str, kind: str, rest: str, before: str = _BEGINS) -> tuple[Form, ...]:
    end = r"(?![A-Za-z0-9])"
    return tuple(
        Form(sign, kind, re.compile(f"{re.escape(sign)}(?:{rest}){end}"), re.compile(before))
        for sign in signs.split("|")
    )


PLACEHOLDER = re.compile(r"[xX]{6}|[yY][oO][uU][rR][_-]")
SLUG = re.compile(r"[a-z0-9]{1,12}(?:[-_][a-z0-9]{1,12}){1,99}")

# Letters, digits, hyphens and underscores in a row: twenty or more.
OF_ONE_RUN = (
    *_forms("ghp_|gho_|ghu_|ghs_|ghr_", "a token of GitHub", r"([A-Za-z0-9]{30,255})"),
    *_forms("github_pat_", "a token of GitHub", r"(\w{22,255})"),
    *_forms("glpat-|glptt-|gldt-|glrt-|glcbt-|glft-|glimt-|glsoat-", "a token of GitLab", r"([\w-]{20,300})"),
    *_forms("AKIA|ASIA|ABIA|ACCA", "an access key of Amazon", r"([A-Z0-9]{16})"),
    *_forms("xoxa-|xoxb-|xoxe-|xoxo-|xoxp-|xoxr-|xoxs-|xapp-", "a token of Slack", r"([\w-]{10,400})"),
    *_forms("sk_live_|sk_test_|rk_live_|rk_test_|whsec_", "a key of Stripe", r"([A-Za-z0-9]{16,255})"),
    *_forms("GOCSPX-", "a secret of Google", r"([\w-]{20,60})"),
    *_forms("sk-ant-", "a key of Anthropic", r"([\w-]{20,300})"),
    *_forms("sk-proj-|sk-svcacct-|sk-admin-|sk-None-", "a key of OpenAI", r"([\w-]{20,300})"),
    *_forms("sk-", "a key of a language model", r"((?:or-v1-)?(?=[A-Za-z]{0,60}\d)[A-Za-z0-9]{20,200})"),
    *_forms("npm_", "a token of npm", r"([A-Za-z0-9]{30,60})"),
    *_forms("pypi-", "a token of PyPI", r"([\w-]{30,400})"),
    *_forms("SK", "a key of Twilio", r"([0-9a-f]{32})"),
    *_forms("key-", "a key of Mailgun", r"([0-9a-f]{32})"),
    *_forms("-us", "a key of Mailchimp", r"\d{1,2}", r"(?<![A-Za-z0-9])[0-9a-f]{32}\Z"),
    *_forms("dop_v1_|doo_v1_|dor_v1_", "a token of DigitalOcean", r"([0-9a-f]{40,80})"),
    *_forms("hf_", "a token of Hugging Face", r"([A-Za-z0-9]{30,60})"),
    *_forms("shpat_|shpca_|shppa_|shpss_", "a token of Shopify", r"([0-9A-Fa-f]{32})"),
    *_forms("sq0atp-|sq0csp-", "a token of Square", r"([\w-]{22,50})"),
    *_forms("EAA", "a token of Facebook", r"([A-Za-z0-9]{90,300})"),
    *_forms("dapi", "a token of Databricks", r"([0-9a-f]{32})"),
    *_forms("NRAK-", "a key of New Relic", r"([A-Z0-9]{27})"),
    *_forms("PMAK-", "a key of Postman", r"([0-9a-f]{24}-[0-9a-f]{34})"),
    *_forms("ATATT3|ATCTT3", "a token of Atlassian", r"([\w-]{50,300})"),
    *_forms("tskey-", "a key of Tailscale", r"([\w-]{20,100})"),
    *_forms("glsa_|dckr_pat_|lin_api_|ntn_|figd_|sbp_|gsk_|r8_|rubygems_|secret_|sntrys_|pplx-|xai-",
            "a token of a service", r"([A-Za-z0-9_]{32,300})"),
    *_forms("AGE-SECRET-KEY-", "a private key (age)", r"(?:PQ-)?1[0-9A-Z]{40,2000}"),
    *_forms("xprv", "a private key of a wallet", r"[1-9A-HJ-NP-Za-km-z]{90,120}"),
    *_forms("nsec1", "a private key (Nostr)", r"[02-9ac-hj-np-z]{58}"),
    # What OpenSSH's, RSA's and other private keys begin with, if the line above them is lost.
    *_forms("b3BlbnNzaC1rZXktdj", "a private key (OpenSSH)", r"[A-Za-z0-9]{4,9999}"),
    *_forms("MII", "a private key", r"[A-Za-z0-9]{3}IBA(?:AK|DAN)[A-Za-z0-9]{6,9999}"),
    *_forms("mfa", "a token of Discord", r"[\w-]{80,90}"),
)  # fmt: skip

_VALUE = r"[\"']?(?:\s{0,9}(?:=>?|:{1,2})\s{0,9}|\s{1,9})[\"']?"
_ACCOUNT = r"(?<![A-Za-z0-9])(?=[\w-]{0,26}\d)[MNO][\w-]{22,27}\Z"
_API = r"discord(?:app)?\.com/api(?:/v\d{1,2})?\Z"
_AMAZON = r"(?i)(?:secret[_ -]?access|aws[_ -]?secret)\Z"
OF_SEVERAL_RUNS = (
    *_forms(".", "a token of Discord", r"[\w-]{6}\.[\w-]{27,45}", _ACCOUNT),
    *_forms("/webhooks/", "a webhook of Discord", r"\d{15,21}/([\w-]{50,100})", _API),
    *_forms("hooks.slack.com/", "a webhook of Slack", r"(?:services|workflows|triggers)/([\w/-]{30,200})"),
    *_forms(":A", "a token of Telegram", r"([\w-]{32,35})", r"(?<![A-Za-z0-9.:-])\d{6,10}\Z"),
    *_forms("SG.", "a key of SendGrid", r"([\w-]{16,30}\.[\w-]{35,60})"),
    *_forms("hvs.", "a token of Vault", r"([\w-]{24,300})"),
    *_forms(".atlasv1.", "a token of Terraform", r"[\w-]{60,80}", r"(?<![A-Za-z0-9])[A-Za-z0-9]{14}\Z"),
    *_forms("Key", "a private key (WireGuard)", rf"{_VALUE}{_BASE64}{{42,43}}=", r"(?:Private|Preshared)\Z"),
    *_forms("Key", "a key of Azure", rf"{_VALUE}{_BASE64}{{40,100}}=", r"(?:Account|SharedAccess)\Z"),
    *_forms("Key|_key|_KEY| key", "a secret key of Amazon", rf"{_VALUE}{_BASE64}{{40}}(?!=)", _AMAZON),
    *_forms('"kty"', "a private key (JWK)", r"[^{}]{0,1500}\"[dk]\"\s{0,9}:\s{0,9}\"[\w-]{20,2000}\"", r""),
    *_forms("Private-Lines:", "a private key (PuTTY)", r" ?\d{1,3}", r"\s\Z"),
)  # fmt: skip

# Pages hand these to every browser that loads them: they count only if a reader would see them.
IN_SIGHT = (
    *_forms("AIza", "a key of Google", r"([\w-]{35})(?![\w-])"),
    *_forms("eyJ", "a token (JWT)", r"[\w-]{10,4000}\.(eyJ[\w-]{10,8000}\.[\w-]{10,2000})"),
)

# Who is "user" and has the password "password" is nobody; a dollar sign or a brace opens a name in a program.
PASSWORD = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9+.-]{1,20}://"
    r"(?!(?:user|username|name):(?:password|pass|passwd|pw)\Z)"
    r"[^\s/?#@:\"'<>{}()\[\]`\\|,]{0,100}:(?![xX•*]{1,50}\Z)[^\s/?#@\"'<>{}()\[\]`\\|…$]{1,100}\Z",
    re.IGNORECASE,
)
LONGEST_ADDRESS = 230


def kind_of_armour(name: str) -> str:
    """Return the kind of what stands below "-----BEGIN NAME-----"."""
    standard = "PGP" if name.startswith("PGP") else "PEM"
    if "PRIVATE" in name:
        return f"a private key ({standard})"
    if "CERTIFICATE" in name:
        return f"a certificate ({standard})"
    return f"a public key ({standard})" if "PUBLIC" in name else f"an encoded block ({standard})"
