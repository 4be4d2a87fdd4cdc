"""The titles of pages that stand in place of an article.

Rows of phrases with ``|`` or a line's end between two; ``#`` stands for any number, "…" for any words.
"""

from bot.articles.wall_kinds import AGE, CONSENT, ERROR, LOGIN, PARKED, PAYING, ROBOT, SCRIPT, UPKEEP

# The whole title of such a page, without the site, the error's number and the server's name.
TITLES = {
    ERROR: """
upstream connect error …|request unsuccessful|your connection is not private|your connection isn't private
no healthy upstream|default backend #|not found|page not found|file not found
404 not found|page cannot be found|page can't be found
this page can't be found
the page cannot be found|the page can't be found|page does not exist|page doesn't exist|page unavailable
page not available
this page isn't available|this page is not available|content unavailable|content not available
article not found
object not found|the resource cannot be found|requested url not found|forbidden|access denied
access forbidden
permission denied|unauthorized|authorization required|bad request|bad gateway|gateway timeout
gateway time out
service unavailable|service temporarily unavailable|temporarily unavailable|internal server error
server error|application error
too many requests|rate limit exceeded|rate limited|request timeout|request timed out|connection timed out
web server is down
origin is unreachable|web server is returning an unknown error|origin dns error|ssl handshake failed
url signature expired
runtime error|server error in application|error|an error occurred|something went wrong|oops|whoops|sorry
sorry you have been blocked
oops something went wrong|proxy error|the requested url could not be retrieved
error the requested url could not be retrieved
method not allowed|gone|request blocked|the request could not be satisfied|request rejected|blocked
you have been blocked
access to this page has been denied|unavailable for legal reasons|site not found|host not found
server not found|no such site
this site can't be reached|site can't be reached|this page isn't working|page isn't working
problem loading page|guru meditation
error establishing a database connection|not acceptable|backend fetch failed|first byte timeout|invalid url
network error
seite nicht gefunden|die seite wurde nicht gefunden|seite nicht verfügbar|seite existiert nicht
seite nicht vorhanden|nicht gefunden
datei nicht gefunden|artikel nicht gefunden|zugriff verweigert|zugriff nicht erlaubt|kein zugriff
zugang verweigert|objekt nicht gefunden
fehler|interner serverfehler|serverfehler|dienst nicht verfügbar|zu viele anfragen|zeitüberschreitung
es ist ein fehler aufgetreten
ein fehler ist aufgetreten|hoppla|ups|verboten|nicht erreichbar|seite nicht erreichbar
da ist etwas schiefgelaufen
page introuvable|page non trouvée|cette page n'existe pas|cette page est introuvable|la page est introuvable
page inexistante
accès refusé|accès interdit|accès non autorisé|erreur|erreur interne du serveur|erreur serveur
service indisponible
service temporairement indisponible|trop de requêtes|contenu indisponible|oups|une erreur est survenue
article introuvable
page indisponible|non trouvé|requête incorrecte|délai d'attente dépassé|une erreur s'est produite
página no encontrada|no encontrado|no encontrada|página no disponible|esta página no existe
la página no existe|acceso denegado
acceso prohibido|acceso restringido|error interno del servidor|error del servidor|servicio no disponible
demasiadas solicitudes
demasiadas peticiones|ha ocurrido un error|se ha producido un error|algo salió mal|contenido no disponible
prohibido|vaya
página não encontrada|não encontrado|acesso negado|erro|erro interno do servidor|serviço indisponível
página indisponível
muitas solicitações|ocorreu um erro|página inexistente|conteúdo indisponível
pagina non trovata|non trovato|accesso negato|errore|errore interno del server|servizio non disponibile
troppe richieste
si è verificato un errore|pagina inesistente|pagina non disponibile|contenuto non disponibile
pagina niet gevonden|niet gevonden|toegang geweigerd|fout|interne serverfout|dienst niet beschikbaar
te veel verzoeken
er is iets misgegaan|er is een fout opgetreden|pagina niet beschikbaar|pagina bestaat niet
""",
    ROBOT: """
just a moment|one moment please|please wait|attention required|checking your browser
checking if the site connection is secure
verify you are human|verifying you are human|are you a robot|are you human|pardon our interruption
security check|human verification
robot check|bot check|captcha|captcha check|security verification|bot verification|ddos protection
please verify you are a human
please verify you are human|please verify you're human|unusual traffic|unusual traffic detected
access to this site has been limited
you are being redirected|browser check|one more step|robot or human|client challenge|are you not a robot
vercel security checkpoint
einen moment|einen moment bitte|nur einen moment|bitte warten|sicherheitsprüfung|sicherheitsüberprüfung
sind sie ein roboter|sind sie ein mensch
überprüfung ihres browsers|ihr browser wird überprüft|sicherheitsabfrage
bestätigen sie dass sie ein mensch sind
un instant|un instant s'il vous plaît|un moment|un moment s'il vous plaît|veuillez patienter
vérification de sécurité|êtes vous un robot
contrôle de sécurité|vérification de votre navigateur|êtes vous humain|vérification humaine
un momento|un momento por favor|espere por favor|verificación de seguridad|comprobación de seguridad
es usted un robot|eres un robot
comprobando su navegador|verificando su navegador|eres humano|control de seguridad
um momento|um momento por favor|aguarde|verificação de segurança|você é um robô|verificando seu navegador
un attimo|attendere prego|controllo di sicurezza|verifica di sicurezza|sei un robot
een moment|een moment geduld|even geduld|even geduld a u b|beveiligingscontrole|bent u een robot
ben je een robot
""",
    CONSENT: """
before you continue|before you continue to …|we value your privacy|your privacy|your privacy matters
your privacy choices|cookie consent|cookies
cookie settings|cookie preferences|privacy settings|privacy preferences|consent|privacy and cookies
manage your privacy|we care about your privacy
your data your choice|about your privacy|we use cookies|cookie notice|your choices|your cookie choices
accept cookies
bevor sie fortfahren|bevor sie fortfahren zu …|bevor sie zu … weitergehen|wir schätzen ihre privatsphäre
ihre privatsphäre ist uns wichtig|ihre privatsphäre
datenschutzeinstellungen|cookie einstellungen|cookie hinweis|privatsphäre einstellungen|einwilligung
zustimmung|ihre daten ihre wahl
mit werbung weiterlesen|weiterlesen mit werbung|wir verwenden cookies|wir brauchen ihre zustimmung
ihre zustimmung|wir benötigen ihre zustimmung
avant de continuer|avant de continuer vers …|nous respectons votre vie privée|votre vie privée
le respect de votre vie privée est notre priorité
paramètres des cookies|gestion des cookies|vos choix|consentement|nous utilisons des cookies
votre consentement|vos préférences
antes de continuar|antes de continuar a …|valoramos tu privacidad|valoramos su privacidad|tu privacidad
su privacidad|tu privacidad es importante
configuración de cookies|preferencias de cookies|usamos cookies|utilizamos cookies|consentimiento
aviso de cookies
antes de continuar para …|valorizamos a sua privacidade|a sua privacidade|sua privacidade
configurações de cookies|usamos cookies
prima di continuare|prima di continuare su …|rispettiamo la tua privacy|la tua privacy
impostazioni dei cookie|la tua privacy è importante
voordat je verdergaat|voordat u verdergaat|wij hechten waarde aan uw privacy|uw privacy|jouw privacy
cookie instellingen|cookievoorkeuren
""",
    SCRIPT: """
javascript required|javascript is required|javascript disabled|javascript is disabled
please enable javascript|enable javascript|unsupported browser
browser not supported|your browser is not supported|update your browser|javascript is not available
adblock detected|ad blocker detected
javascript erforderlich|javascript ist deaktiviert|bitte javascript aktivieren|browser nicht unterstützt
ihr browser wird nicht unterstützt
javascript requis|javascript est désactivé|activez javascript|navigateur non pris en charge
javascript necesario|javascript requerido
javascript está desactivado|activa javascript|navegador no compatible|javascript necessário
javascript richiesto|javascript vereist
""",
    LOGIN: """
sign in|log in|login|sign in to continue|log in to continue|please sign in|please log in|login required
sign in required|member login|subscriber login
log in to your account|sign in to your account|sign in or register|log in or register|log in or sign up
log into …|log in to …|sign in to …|your account
session expired|your session has expired|create an account|sign up|register to continue|register to read
anmelden|anmeldung|einloggen|bitte anmelden|bitte melden sie sich an|bitte loggen sie sich ein
login erforderlich|anmeldung erforderlich|registrieren
connexion|se connecter|connectez vous|identifiez vous|identification|veuillez vous connecter
connectez vous pour continuer|connexion requise
iniciar sesión|inicia sesión|inicie sesión|inicia sesión para continuar|inicie sesión para continuar|acceder
identifícate|regístrate
entrar|faça login|iniciar sessão|fazer login|accedi|effettua il login|accesso|inloggen
log in om verder te gaan|meld je aan|aanmelden
""",
    PAYING: """
subscribe to continue|subscribe to read|subscribe to continue reading|subscribers only
subscriber only content|for subscribers only|premium content
this article is for subscribers|this article is for subscribers only|subscription required|members only
nur für abonnenten|jetzt weiterlesen|weiterlesen mit abo|artikel für abonnenten|exklusiv für abonnenten
nur für abonnentinnen und abonnenten
réservé aux abonnés|article réservé aux abonnés|contenu réservé aux abonnés|abonnez vous pour lire la suite
solo para suscriptores|contenido exclusivo para suscriptores|exclusivo para suscriptores
suscríbete para seguir leyendo
exclusivo para assinantes|conteúdo exclusivo para assinantes|riservato agli abbonati
contenuto riservato agli abbonati|alleen voor abonnees
""",
    AGE: """
age verification|age check|verify your age|confirm your age|are you over #|are you # or older|adults only
are you of legal age|are you of legal drinking age
altersprüfung|altersverifikation|altersfreigabe|altersnachweis|sind sie über #|bist du über #
sind sie volljährig|sind sie mindestens # jahre alt
vérification de l'âge|avez vous plus de # ans|êtes vous majeur|avez vous l'âge légal|verificación de edad
es usted mayor de edad|eres mayor de edad
eres mayor de # años|verificação de idade|você tem mais de # anos|verifica dell'età|hai più di # anni
leeftijdscontrole|ben je # jaar of ouder
""",
    UPKEEP: """
maintenance|site maintenance|under maintenance|site under maintenance|down for maintenance
scheduled maintenance|maintenance mode|we'll be back soon
we will be back soon|be right back|we'll be right back|we are down for maintenance
we're down for maintenance|website under maintenance
briefly unavailable for scheduled maintenance|temporarily down for maintenance|under construction
coming soon|site offline
wartung|wartungsarbeiten|wartungsmodus|wir sind gleich zurück|wir sind bald zurück|website im wartungsmodus
seite in wartung|wartungspause
maintenance en cours|site en maintenance|nous revenons bientôt|en maintenance|site en construction
de retour bientôt
mantenimiento|en mantenimiento|sitio en mantenimiento|volvemos pronto|volvemos enseguida
estamos en mantenimiento|página en mantenimiento
manutenção|em manutenção|site em manutenção|voltamos já|voltamos em breve|manutenzione|in manutenzione
sito in manutenzione|torniamo presto
onderhoud|in onderhoud|site in onderhoud|we zijn zo terug
""",
    PARKED: """
domain for sale|this domain is for sale|domain parked|parked domain|domain parking|this domain is parked
domain default page|default web page
welcome to nginx|apache # ubuntu default page it works|it works|iis windows server
apache is functioning normally|account suspended
this account has been suspended|index of|index of …|diese domain steht zum verkauf|domain zu verkaufen
ce domaine est à vendre|nom de domaine à vendre
este dominio está en venta|dominio en venta|este domínio está à venda|questo dominio è in vendita
dit domein is te koop
""",
}
