"""The kinds of pages that stand in place of an article, and single words that they use."""

ERROR = "an error page"
ROBOT = "a check for robots"
CONSENT = "a page about cookies"
SCRIPT = "a page that asks for JavaScript"
LOGIN = "a page to log in"
PAYING = "a page for subscribers only"
AGE = "a check of the reader's age"
UPKEEP = "a notice of maintenance"
PARKED = "a page of a parked domain"

# Words with which a page speaks to its visitor.
ADDRESS = """
you your yours yourself you're you've you'll please
bitte dein deine deinen deinem deiner dich dir klicken
vous votre vos veuillez merci
usted ustedes eres puedes debes tienes quieres puoi devi tu tus te tú haz
você tuo tua tuoi u uw je jouw jij
"""

# Names of servers and what stands beside an error's number.
BESIDE = """
error http https status code fehler fehlercode erreur codigo código errore erro fout nginx apache cloudflare
varnish openresty litespeed
iis microsoft squid caddy envoy haproxy akamai fastly cache server tomcat cdn cloudfront ddos guard imperva
incapsula the oops sorry page
reason reported by web site network
"""

# What such pages speak of: words that begin so. Two of a kind in a sentence to the visitor tell the page.
TOPICS = {
    ERROR: """
page seite página pagina url link lien enlace server serveur servidor request anfrage requête solicitud
error
fehler erreur erro fout found exist trouv introuvable encontr gefunden finden gesucht vertippt veraltet
suche search
recherch busca homepage startseite accueil inicio moved removed expired unavailable available verfügbar
disponib denied verweigert refus denegad forbidden blocked gateway timeout connect network address adress
dirección permission berechtig autoris autoriz permiso retry reload laden try spelling zugriff accès acceso
configuration traffic site website webseite gone nothing faulty looking broken invalid ungültig antwort
video post nichts leider private
""",
    ROBOT: """
captcha robot robô human mensch humain humano bot automat verif überprüf vérif comprob security sicherheit
sécurité segur sicur tick box häkchen puzzle person confirm bestätig check
""",
    CONSENT: """
cookie navegando browsing surfen medir audienci privacy privatsphäre datenschutz privée privacidad consent
zustimm einwillig tracking partner
partenaire socios vendor choice auswahl choix permission accept akzeptier reject ablehn refus measure mesur
audience ads werbung publicit agree willig dritte accord settings
""",
    SCRIPT: """
javascript browser navigateur navegador adblock werbeblocker bloqueur bloqueador blocker
""",
    LOGIN: """
log login sign password passwort contraseñ senha passe account konto compte cuenta conta regist
anmeld einlogg email mail correo username details welcome bienvenid
""",
    PAYING: """
subscri abonn abo suscri suscrip assina abbona premium unlimited grenzen free gratis kostenlos gratuit
trial testen
month monat mois mes weiterlesen read lesen lire leer article artikel artículo story rest suite member
unlock
""",
    AGE: """
age alter âge edad idade età leeftijd jahre years ans años birth geburtsdatum naissance nacimiento
volljährig
majeur mayor older adult
""",
    UPKEEP: """
maintenance wartung mantenimiento manuten onderhoud upgrade improve mejora verbesser back shortly soon
kürze bald bientôt pronto minut online hour working down web website site vuelve
""",
    PARKED: """
domain sale verkauf vente venta hosting nginx apache registered owner buy
""",
}

# What stands between those in a title.
BETWEEN = """
a an the is are was be been has have to for of in on at not no and or be found doesn't isn't can't seem
we're having
trouble that temporarily currently required needed check der die das ist sind nicht mehr da leider zu für
und ein
eine wurde le la l' les est n'est pas de du des et un une el los no es se y en o il non è het een niet
"""
