"""What pages say that stand in place of an article: errors, checks for robots, consent, log-in and such.

Rows of phrases with ``|`` or a line's end between two; ``#`` stands for any number.
"""

from bot.articles.wall_kinds import AGE, CONSENT, ERROR, LOGIN, PARKED, PAYING, ROBOT, SCRIPT, UPKEEP

# Within a sentence. The page speaks of itself and to its visitor; news speaks of others.
SENTENCES = {
    ERROR: """
page you are looking for|page you're looking for|page you were looking for|page you requested
page you have requested|page that you requested
page that you are looking for|page you tried to|page you are trying to|page you were trying to
article you are looking for|article you requested
content you are looking for|content you requested|file you requested|link you followed|link you clicked
address you entered|url you entered
address you typed|resource you are looking for|story you are looking for|what you are looking for
what you're looking for|what you were looking for
the requested url|the requested page|the requested resource|the requested document|the requested file
the requested content|requested url was not found
was not found on this server|not found on this server|we can't find the page|we couldn't find the page
we could not find the page
we cannot find the page|we can't find that page|we couldn't find that page|we can't seem to find
we couldn't find what|can't find the page
cannot find the page|this page isn't available|this page is not available|this page is no longer available
this page doesn't exist
this page does not exist|this page could not be found|this page can't be found|this page cannot be found
this page has been moved|this page may have been
this page is unavailable|this page isn't working|this content isn't available|this content is not available
this content is no longer available
this article is no longer available|this article isn't available|this article is not available
this site can't be reached|sorry this page
sorry that page|sorry the page|sorry we can't|sorry we couldn't|sorry we could not|sorry but the page
sorry something went wrong|oops something went wrong
something went wrong|an error has occurred|an error occurred while processing|an unexpected error
an internal server error|encountered an internal error
encountered an error|encountered an unexpected|error occurred while processing
unable to complete your request|unable to process your request
could not process your request|couldn't process your request|unable to service your request
your request has been blocked|your request was blocked
your request could not be|we couldn't complete your request|your browser sent a request
your client has issued|your client does not have permission
you don't have permission|you do not have permission|you don't have access|you do not have access
you are not authorized|you are not allowed to access
you are unable to access|you have been blocked|you've been blocked|access to this page has been denied
access to this page is
access to this resource|access to this site has been|access on this server|your access to this
your ip address|your ip has been|from your ip|you have sent too many
you've sent too many|you are sending too many|you have made too many|too many requests from
too many requests in|please try again later|please try again in
please try again|try again in a few|try again later|try refreshing|try reloading|refresh the page
reload the page|go back to the home page|go back to the homepage
return to the homepage|return to the home page|back to the homepage|go to the homepage|go to our homepage
visit our homepage|check the url|check the address
check the spelling|check your internet connection|check the web address|contact the site owner
contact the website owner|contact the webmaster|contact the administrator
contact your administrator|contact the server administrator|contact our support|contact support
try our search|use the search|try searching|try a search
the server is temporarily unable|server is temporarily unable|server is currently unavailable
service is temporarily unavailable|service is currently unavailable
the service is unavailable|the server encountered|the server didn't respond|the server did not respond
the server returned|the proxy server|the upstream server
the gateway did not receive|invalid response from an upstream|error from the origin|the origin web server
the web server reported|the web server is not returning
the connection to the origin|additionally a # not found|error was encountered while
the following error was encountered|the system returned|your cache administrator
the requested url could not|website is using a security service|is using a security service to protect
this website uses a security service|not available in your region
not available in your country|unavailable in your region|unavailable in your country
not available in your location|isn't available in your|is not available in your
from your location|we recognise you are attempting|we recognize you are attempting
unavailable due to legal reasons|european economic area|reached this page in error
has been moved deleted|may have been moved|may have been removed or|might have been removed
may have been deleted|may be broken|or has been moved|or may have moved|please contact us if
seite die sie suchen|die gesuchte seite|die angeforderte seite|die von ihnen gesuchte
die von ihnen angeforderte|die von ihnen aufgerufene|seite konnte leider nicht
diese seite existiert nicht|diese seite gibt es nicht|diese seite ist nicht verfügbar|diese seite ist leider
diese seite wurde nicht|diese seite konnte nicht|seite konnte nicht gefunden
wurde auf diesem server nicht gefunden|auf diesem server nicht|leider konnten wir|leider haben wir
leider ist ein fehler|ein fehler ist aufgetreten|ist ein fehler aufgetreten
versuchen sie es später|versuchen sie es in|versuchen sie es bitte|versuchen sie es erneut
versuchen sie es noch einmal|bitte versuchen sie|versuche es später|zur startseite|zurück zur startseite
auf die startseite|überprüfen sie die adresse|prüfen sie die adresse|prüfen sie die url
überprüfen sie die url|nutzen sie unsere suche|nutzen sie die suche|verwenden sie die suche
sie haben keine berechtigung|sie haben keinen zugriff|keine berechtigung auf|sie sind nicht berechtigt
ihr zugriff|ihre anfrage|ihre ip adresse|zu viele anfragen|der server ist derzeit
der dienst ist|dieser inhalt ist nicht|dieser inhalt ist in|in ihrem land nicht|in ihrer region nicht
den administrator|tut uns leid
page que vous recherchez|page que vous cherchez|page que vous avez demandée|page que vous demandez
page demandée|la page recherchée|l'adresse que vous|l'url demandée|l'url que vous
cette page n'existe|cette page n'est|cette page est introuvable|cette page a été|sur ce serveur
une erreur s'est produite|une erreur est survenue|une erreur inattendue|veuillez réessayer
merci de réessayer|réessayez plus tard|réessayer plus tard|retour à l'accueil|retourner à l'accueil
retournez à l'accueil|revenir à l'accueil|page d'accueil|vérifiez l'adresse|vérifier l'adresse
utilisez la recherche|utiliser la recherche|notre moteur de recherche|vous n'avez pas l'autorisation
vous n'avez pas accès|vous n'êtes pas autorisé|votre requête|votre demande|votre adresse ip
trop de requêtes|le serveur est temporairement|le service est temporairement|ce contenu n'est pas
n'est pas disponible dans votre|nous sommes désolés|désolé cette|désolé la page|désolés cette
página que buscas|página que busca|página que estás buscando|página que está buscando
página que has solicitado|página que ha solicitado|página solicitada|la url solicitada|la dirección que
esta página no existe|esta página no está|esta página ya no|en este servidor|ha ocurrido un error
se ha producido un error|ocurrió un error|inténtalo de nuevo|inténtelo de nuevo|inténtalo más tarde
inténtelo más tarde|intenta de nuevo|vuelva a intentarlo|vuelve a intentarlo|volver al inicio
vuelve al inicio|volver a la página|vuelve a la página|página de inicio|página principal|utiliza el buscador
utilice el buscador|usa el buscador|nuestro buscador|comprueba la dirección|compruebe la dirección
no tienes permiso|no tiene permiso|no tiene autorización|no tienes autorización|su solicitud|tu solicitud
su dirección ip|tu dirección ip|demasiadas solicitudes|el servidor no puede|el servicio no está disponible
este contenido no está|no está disponible en tu|no está disponible en su|lo sentimos
página que você procura|página que você está procurando|página que procura|página solicitada
esta página não existe|esta página não está|ocorreu um erro|tente novamente|voltar à página
voltar para a página|página inicial
você não tem permissão|seu endereço ip|neste servidor|não está disponível no seu|pedimos desculpa|lamentamos
desculpe
pagina che stai cercando|pagina che cerchi|pagina richiesta|questa pagina non|si è verificato un errore
riprova più tardi|riprovare più tardi|torna alla home|torna alla homepage|non hai il permesso
non hai i permessi
non sei autorizzato|il tuo indirizzo ip|su questo server|non è disponibile nel tuo|ci dispiace
siamo spiacenti
pagina die je zoekt|pagina die u zoekt|opgevraagde pagina|deze pagina bestaat niet|deze pagina is niet
er is een fout opgetreden|er is iets misgegaan|er ging iets mis|probeer het later|probeer het opnieuw
terug naar de homepage
naar de homepage|terug naar home|u hebt geen toegang|je hebt geen toegang|uw ip adres|op deze server
niet beschikbaar in uw|niet beschikbaar in jouw
""",
    ROBOT: """
comprobando si la conexión|verificando si la conexión|überprüfen ob die verbindung|prüfen ob die verbindung
vérifions que la connexion|vérification de la connexion|verificando se a conexão|controllo della connessione
wir überprüfen ob sie|wir prüfen ob sie|the site connection is secure|this takes a|this may take
this will take|dies kann einen|das dauert nur|cela peut prendre|cela ne prendra|esto puede tardar|esto tarda
verify you are human|verify that you are human|verify you're human|verify you are a human
verifying you are human|verify that you're not a robot|verify you are not a robot|verifying that you are
confirm you are human|confirm that you are human|confirm you're not a robot|confirm you are not a robot
prove you are human|prove you're not a robot|prove that you are not|make sure you're not a robot
make sure you are not a robot
make sure you are human|you are not a robot|you're not a robot|you are a robot|you're a robot
are you a robot|you were a bot|you are a bot|you might be a robot|checking your browser
checking if the site connection|review the security of your connection
security of your connection before|enable javascript and cookies to continue|enable cookies and javascript
complete the captcha|solve the captcha|complete the security check|complete the following|solve this puzzle
complete this challenge
unusual traffic from|unusual activity from|suspicious activity from|detected unusual|browser made us think
something about your browser|about your browser made|ddos protection by|this process is automatic
you will be redirected|you'll be redirected
your browser will redirect|regain access|security service to protect itself
protect itself from online attacks|performance security by|performance and security by|reference the ray id
cloudflare ray id|please stand by while|this may take a few seconds|please wait while we
while we check your browser|while we verify
press and hold|press hold|click the box below|tick the box below|to continue please|automated access
automated requests
dass sie ein mensch sind|dass sie kein roboter|sie kein roboter sind|ihr browser wird|ihren browser
die sicherheit ihrer verbindung|lösen sie das captcha|das captcha|ungewöhnlichen datenverkehr
ungewöhnliche aktivität|sie werden weitergeleitet|sie werden in kürze|in kürze weitergeleitet
einen augenblick
que vous êtes humain|que vous êtes un humain|que vous n'êtes pas un robot|vous n'êtes pas un robot
vérifions votre navigateur|vérification de votre navigateur|votre navigateur|la sécurité de votre connexion
trafic inhabituel|activité inhabituelle|vous allez être redirigé|vous serez redirigé|le captcha
que eres humano|que es humano|que usted es humano|que no eres un robot|que no es un robot|no eres un robot
tu navegador|su navegador|la seguridad de tu conexión|la seguridad de su conexión|tráfico inusual
actividad inusual|será redirigido|serás redirigido|el captcha
que você é humano|que você não é um robô|seu navegador|que não é um robô|tráfego incomum|será redirecionado
o captcha
che sei umano|di essere umano|che non sei un robot|di non essere un robot|il tuo browser
la sicurezza della tua connessione|traffico insolito|verrai reindirizzato|verrai reindirizzata
dat je een mens bent|dat u een mens bent|dat u geen robot|dat je geen robot|je browser|uw browser
ongebruikelijk verkeer|u wordt doorgestuurd|je wordt doorgestuurd
""",
    CONSENT: """
enable cookies|turn on cookies|cookies aktivieren|activer les cookies|activez les cookies
we use cookies|we and our|we our partners|our partners|our # partners|with your consent|your consent
you consent to|you agree to our|you accept our|we value your privacy|we care about your privacy
we respect your privacy
store and or access information|store and access information|personalised ads and|personalized ads and
personalised advertising|personalized advertising|manage your choices|manage your preferences
manage preferences|manage options|manage cookies
accept all cookies|reject all|accept all|by clicking accept|if you click accept|by clicking agree
clicking accept all|this site uses cookies|this website uses cookies|this website stores cookies
our use of cookies|use of cookies
our cookie policy|our privacy policy|our vendors|withdraw consent|withdraw your consent|change your mind
change your choices|change your settings at any time|you can change your|legitimate interest
cookies and data|cookies and similar|process personal data
wir verwenden cookies|wir nutzen cookies|wir setzen cookies|wir und unsere|unsere partner|unserer partner
unseren partnern|ihre einwilligung|ihrer einwilligung|ihre zustimmung|ihrer zustimmung
diese website verwendet cookies|diese webseite verwendet cookies|diese seite verwendet cookies
verwendung von cookies|alle akzeptieren|alle ablehnen|alle cookies|ihre auswahl|ihre einstellungen
cookies und ähnliche|personenbezogene daten|personalisierte anzeigen|personalisierte werbung
unsere datenschutzerklärung|unserer datenschutzerklärung|in unserer cookie|jederzeit widerrufen
jederzeit ändern|berechtigtes interesse
nous utilisons des cookies|nous et nos|nos partenaires|votre consentement|ce site utilise des cookies
utilisation de cookies|utilisation des cookies|tout accepter|tout refuser|accepter et
continuer sans accepter|vos choix|vos préférences|cookies et|données personnelles
données à caractère personnel|publicités personnalisées|publicité personnalisée|notre politique de
à tout moment|intérêt légitime
utilizamos cookies|usamos cookies|nosotros y nuestros|nuestros socios|tu consentimiento|su consentimiento
este sitio utiliza cookies|este sitio web utiliza cookies|este sitio usa cookies|uso de cookies|aceptar todo
aceptar todas|rechazar todo|rechazar todas|tus preferencias|sus preferencias|cookies y|datos personales
anuncios personalizados|publicidad personalizada|nuestra política de|en cualquier momento|interés legítimo
nós e os nossos|nós e nossos|nossos parceiros|os nossos parceiros|seu consentimento|este site usa cookies
este site utiliza cookies|aceitar tudo|rejeitar tudo|aceitar todos|dados pessoais|anúncios personalizados
nossa política de|a qualquer momento
utilizziamo i cookie|utilizziamo cookie|usiamo i cookie|noi e i nostri|i nostri partner|il tuo consenso
questo sito utilizza|accetta tutto|accetta tutti|rifiuta tutto|dati personali|annunci personalizzati
la nostra informativa|in qualsiasi momento
wij gebruiken cookies|we gebruiken cookies|wij en onze|onze partners|uw toestemming|jouw toestemming
je toestemming|deze website gebruikt cookies|deze site gebruikt cookies|alles accepteren|alles weigeren
persoonsgegevens|gepersonaliseerde advertenties|ons cookiebeleid|ons privacybeleid|op elk moment
""",
    SCRIPT: """
enable javascript|enable js|turn on javascript|turn javascript on|activate javascript|javascript is disabled
javascript is turned off|javascript is not enabled|javascript must be enabled|javascript is required
javascript to be enabled|requires javascript|need javascript|need to enable javascript
without javascript|javascript enabled|supported browser|browser is not supported|browser isn't supported
browser is out of date|your browser does not support|your browser doesn't support|update your browser
upgrade your browser|modern browser|different browser|disable your ad blocker|disable any ad blocker
disable your adblocker|turn off your ad blocker|using an ad blocker|disable adblock
javascript aktivieren|aktivieren sie javascript|javascript ist deaktiviert|javascript einschalten
schalten sie javascript|javascript in ihrem browser|benötigt javascript|erfordert javascript|ohne javascript
aktiviere javascript|werbeblocker|adblocker|unterstützten browser|aktuellen browser
browser nicht unterstützt
activer javascript|activez javascript|javascript est désactivé|javascript doit être activé
nécessite javascript|sans javascript|bloqueur de publicité|bloqueur de publicités|navigateur n'est pas
navigateur récent|mettre à jour votre navigateur
habilita javascript|habilite javascript|habilitar javascript|activa javascript|active javascript
activar javascript|javascript está desactivado|javascript está deshabilitado|necesita javascript
requiere javascript|sin javascript|bloqueador de anuncios|navegador no es compatible|actualiza tu navegador
ative o javascript|ativar o javascript|habilite o javascript|habilitar o javascript
javascript está desativado|abilita javascript|attiva javascript|abilitare javascript|attivare javascript
javascript è disabilitato|schakel javascript|javascript inschakelen|javascript is uitgeschakeld
zet javascript aan
""",
    LOGIN: """
log in to continue|sign in to continue|log in to view|sign in to view|log in to read|sign in to read
log in to access|sign in to access|log in to see|sign in to see|please log in|please sign in|please login
log in or sign up|log in or register|sign in or register|sign in or create|log in or create
login to continue|you must log in|you must be logged in|you need to log in|you need to sign in
you need to be logged in|you must sign in|logged in to view
forgot your password|forgot password|forgotten your password|reset your password|enter your password
enter your email|your username|your password|remember me|keep me signed in|don't have an account
do not have an account|already have an account|already registered|create an account|create a free account
create your account|your session has expired|register for free|register now to|sign up for free to
sign in with|continue with google|continue with email|log back in|sign in again
bitte melden sie sich|melden sie sich an|bitte loggen sie|loggen sie sich|bitte einloggen|bitte anmelden
sie müssen angemeldet|sie müssen eingeloggt|sie müssen sich anmelden|passwort vergessen|ihr passwort
noch kein konto|noch nicht registriert|bereits registriert|angemeldet bleiben|jetzt registrieren
kostenlos registrieren|ihre sitzung ist abgelaufen|melde dich an|logge dich ein
veuillez vous connecter|veuillez vous identifier|connectez vous|identifiez vous|vous devez être connecté
vous devez vous connecter|mot de passe oublié|votre mot de passe|pas encore de compte|pas encore inscrit
déjà inscrit|déjà un compte|créer un compte|créez un compte|créez votre compte|rester connecté
votre session a expiré|se souvenir de moi
inicia sesión|inicie sesión|debes iniciar sesión|debe iniciar sesión|iniciar sesión para
has olvidado tu contraseña|olvidaste tu contraseña|olvidó su contraseña|tu contraseña|su contraseña
no tienes cuenta|no tienes una cuenta|ya tienes una cuenta|ya tienes cuenta|crear una cuenta|crea una cuenta
crea tu cuenta|regístrate|su sesión ha caducado|tu sesión ha|recordarme
faça login|faça o login|esqueceu a senha|esqueci a senha|sua senha|não tem uma conta|já tem uma conta
criar uma conta|crie uma conta|cadastre se|inicie sessão
accedi per|effettua il login|effettua l'accesso|password dimenticata|hai dimenticato la password
la tua password|non hai un account|hai già un account|crea un account|registrati
log in om|meld je aan|meld u aan|u moet ingelogd|je moet ingelogd|wachtwoord vergeten|je wachtwoord
uw wachtwoord|nog geen account|al een account|maak een account|blijf ingelogd
""",
    PAYING: """
for subscribers only|available to subscribers|exclusive to subscribers|exclusively for subscribers
exclusive to our subscribers|only for subscribers|reserved for subscribers|subscribers only
subscribe to continue|subscribe to read|subscribe now to|subscribe for full access|subscribe to unlock
subscribe today to|to continue reading|to keep reading|to read the full|to read this article
to read this story|unlock this article
already a subscriber|not a subscriber|become a subscriber|become a member|start your free trial
start your subscription|choose your subscription|cancel anytime|cancel at any time
you have reached your limit|you've reached your limit|you have reached your monthly
reached your article limit|your free articles|free articles left|free articles this month|last free article
remaining free|this is premium content|this is a premium|members only|for members only
nur für abonnenten|für abonnenten|exklusiv für abonnenten|nur mit abo|mit einem abo|mit abo|jetzt abonnieren
abonnieren sie|abo abschließen|jetzt weiterlesen|weiterlesen mit|um weiterzulesen|zum weiterlesen
um diesen artikel zu lesen|diesen artikel lesen|bereits abonnent|sie haben bereits ein abo|noch kein abo
monatlich kündbar|jederzeit kündbar|probemonat|kostenlos testen|lesen sie diesen artikel
réservé aux abonnés|réservée aux abonnés|réservé à nos abonnés|pour lire la suite|pour lire cet article
pour continuer la lecture|pour poursuivre votre lecture|abonnez vous|déjà abonné|pas encore abonné
il vous reste # %|sans engagement|essai gratuit|profitez de|je m'abonne
solo para suscriptores|exclusivo para suscriptores|para suscriptores|para seguir leyendo
para continuar leyendo|para leer este artículo|suscríbete|suscríbase|ya eres suscriptor|ya es suscriptor
hazte suscriptor|prueba gratis|cancela cuando quieras
exclusivo para assinantes|para assinantes|para continuar lendo|assine|já é assinante|riservato agli abbonati
per gli abbonati|per continuare a leggere|abbonati|sei già abbonato|alleen voor abonnees|voor abonnees
om verder te lezen|lees verder met|neem een abonnement|al abonnee
""",
    AGE: """
verify your age|confirm your age|confirm that you are|you must be # or older|you must be # years
you must be at least #|you must be of legal|you must be over #|are you over #|are you # or older
are you of legal|you are # or older|you are at least #|you are over #|enter your date of birth
your date of birth|i am over #|i am # or older|age restricted|legal drinking age
bestätigen sie ihr alter|bestätige dein alter|mindestens # jahre alt sind|sind sie mindestens #
sind sie über #|sie müssen mindestens #|ihr geburtsdatum|dass sie volljährig|ich bin über #|über # jahre alt
confirmez votre âge|confirmer votre âge|vous devez avoir plus de #|vous devez être majeur
avez vous plus de #|vous avez plus de #|que vous êtes majeur|votre date de naissance|êtes vous majeur
confirma tu edad|confirme su edad|debes ser mayor|debe ser mayor|eres mayor de|es usted mayor de
que eres mayor|que es mayor de|tu fecha de nacimiento|su fecha de nacimiento
confirme sua idade|você deve ter|você tem mais de|conferma la tua età|devi avere almeno|hai più di #
bevestig je leeftijd|bevestig uw leeftijd|je moet minstens #|u moet minstens #|ouder dan #
""",
    UPKEEP: """
we'll be back|we will be back|we'll be right back|we are currently performing|we're currently performing
we are performing|currently undergoing|currently under maintenance|currently down for|down for maintenance
undergoing maintenance|undergoing scheduled|scheduled maintenance|check back soon|check back later
please check back|thank you for your patience|thanks for your patience|sorry for the inconvenience
apologize for the inconvenience|apologise for the inconvenience|for any inconvenience|this site is under
our site is|our website is|site is currently|website is currently
wir sind gleich|wir sind bald|wir führen gerade|wir arbeiten gerade|wir arbeiten daran
wartungsarbeiten durch|wegen wartungsarbeiten|aufgrund von wartungsarbeiten|schauen sie später
schauen sie bald|vielen dank für ihr verständnis|danke für ihr verständnis|bitten um verständnis
bitten um ihr verständnis|bitten um entschuldigung|unsere website wird|unsere website ist|unsere seite ist
unsere seite wird
nous serons de retour|nous revenons|nous effectuons|notre site est|ce site est|merci de votre patience
merci de votre compréhension|nous nous excusons|veuillez nous excuser|pour la gêne occasionnée
en cours de maintenance|opération de maintenance|revenez plus tard
volvemos pronto|volveremos|estamos realizando|estamos trabajando|nuestro sitio|nuestra web|este sitio está
gracias por su paciencia|gracias por tu paciencia|disculpe las molestias|disculpa las molestias
disculpen las molestias|tareas de mantenimiento|labores de mantenimiento|vuelve más tarde
voltaremos|voltamos|estamos em manutenção|nosso site|o nosso site|agradecemos a sua|desculpe o transtorno
torneremo|torniamo|stiamo lavorando|il nostro sito|ci scusiamo per|grazie per la pazienza|we zijn zo
wij zijn bezig|onze website is|onze site is|excuses voor het ongemak|bedankt voor uw|bedankt voor je
""",
    PARKED: """
this domain is for sale|this domain may be for sale|this domain name is for sale|buy this domain
inquire about this domain|domain is parked|this domain has expired|this domain is registered
this web page is parked|parked free|the domain owner|if you are the owner of this|if you own this
if you are the site owner|if you see this page|related searches|this is the default|default welcome page
further configuration is required|web server is successfully installed|hosting provider
account has been suspended
domain steht zum verkauf|domain kaufen|diese domain wurde|diese domain ist|ce domaine est|ce nom de domaine
acheter ce domaine|este dominio está|este dominio ha|comprar este dominio|este domínio|questo dominio
dit domein|dit domein is te koop
""",
}
