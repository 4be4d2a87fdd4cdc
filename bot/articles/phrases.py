"""The phrases of news pages, in the languages that news is often written in.

Rows of phrases with ``|`` or a line's end between two; ``#`` stands for any number. They were gathered by
hand from pages of many sites; none is there for one site alone.
"""
# ruff: noqa: RUF001 - the letters of other scripts are meant

# A line that is nothing but one of these.
WHOLE_FURNITURE = """
commenter|# commentaires|# commentaire|# comentarios|story highlights
advertisement|advertisements|advertising|ad|ads|sponsored|sponsored content
story continues below advertisement|article continues below|article continues after advertisement
continue reading the main story|continue reading|skip to content|skip to main content|skip to navigation
skip navigation|skip advertisement|jump to content|menu|main menu|navigation|home|home page|search
search for|close|open|toggle navigation|toggle menu|back|back to top|top|sections|more|see all|view all
show more|load more|read more|read full story|read the full story|learn more|see more|next|previous
next article|previous article|next story|previous story|next page|prev|expand|collapse|log in|login
sign in|sign up|register|subscribe|subscribe now|my account|log out|sign out|become a member|donate
support us|join now|join us|try it free|newsletter|newsletters|get the newsletter|contact|contact us|about
about us|share|share this|share this article|share this story|share this page|share this post
share article|share story|share on|share on facebook|share on twitter|share on x|share on linkedin
share on whatsapp|share via email|share link|share on reddit|share to facebook|share to twitter|share with
shares|# shares|share #|tweet|tweet this|pin|pin it|like|like this|like us on facebook|post|facebook
twitter|x|linkedin|whatsapp|telegram|reddit|pinterest|instagram|youtube|tiktok|threads|bluesky|mastodon
flipboard|messenger|copy link|link copied|copy|email|e-mail|email this|email article|email this article
send|send by email|print|print this article|print article|print this page|print story|save|save article
save for later|save story|saved|bookmark|add to favorites|gift article|listen|listen to this article
listen to article|listen now|play|pause|watch|watch now|watch live|video|live|live tv|audio|podcast
podcasts|# min read|# mins read|# minute read|# minutes read|# min|# mins|minute read|min read
reading time|read time|estimated read time|reading time # minutes|reading time # min|reading time # mins
read time # minutes|# min read time|follow|follow us|follow us on|following|follow this author|unfollow
get alerts|font size|text size|a a|a a a|increase font size|decrease font size|enlarge|enlarge image
enlarge this image|view image|view gallery|view photos|open image in gallery|image|photo|photos
photo gallery|gallery|slideshow|caption|image caption|media caption|image source|image credit|photo credit
hide caption|toggle caption|full screen|view fullscreen|fullscreen|loading|loading…|please wait|accept
accept all|accept cookies|reject all|manage cookies|cookie settings|manage preferences|we use cookies
got it|ok|dismiss|no thanks|yes|no|cancel|submit|go|help|feedback|careers|sitemap|site map|rss|rss feed
corrections|report a typo|report an error|suggest a correction|translate|languages|english|edition|weather
news|breaking news|breaking|latest|latest news|top stories|trending|trending now|most read|most popular
popular|world|politics|business|sport|sports|opinion|culture|entertainment|technology|tech|science|health
lifestyle|travel|e-paper|today's paper|jobs|# views|views|# likes|# reads|by|author|authors|written by
staff writer|staff reporter|published|updated|last updated|posted|date|tags|topics|topic|keywords
categories|category|filed under|posted in|posted on|posted by|# comments|comments #|# comment|no comments
comments off|add comment|view comments|show comments|see comments|read comments|jump to comments
comments are closed|join the conversation|join the discussion|teilen|artikel teilen|drucken|merken|anzeige
werbung|weiterlesen|mehr|mehr dazu|mehr lesen|startseite|menü|suche|anmelden|abonnieren|zur startseite
zum inhalt springen|lesezeit # minuten|lesezeit # min|# min lesezeit|artikel drucken|vorlesen
artikel anhören|auf facebook teilen|auf twitter teilen|per e-mail teilen|bildunterschrift|nach oben
partager|partager l'article|partager cet article|imprimer|envoyer|publicité|lire la suite|lire plus
lire aussi|accueil|rechercher|se connecter|s'abonner|je m'abonne|temps de lecture # min
temps de lecture # minutes|lecture # min|réagir|écouter l'article|article réservé aux abonnés|voir plus
retour en haut|aller au contenu|en continu|compartir|comparte|compartir en facebook|compartir en twitter
imprimir|enviar|publicidad|leer más|seguir leyendo|inicio|buscar|iniciar sesión|suscribirse|suscríbete
tiempo de lectura # minutos|tiempo de lectura # min|ver más|escuchar|guardar|ir al contenido|compartilhar
compartilhe|compartilhe esta notícia|leia mais|continua após a publicidade|continua depois da publicidade
anúncio|assine|entrar|página inicial|tempo de leitura # min|ver mais|salvar|condividi|stampa|pubblicità
leggi di più|leggi tutto|leggi anche|accedi|abbonati|cerca|tempo di lettura # min|ascolta|delen
deel dit artikel|afdrukken|advertentie|lees meer|lees verder|lees ook|zoeken|inloggen|abonneren
leestijd # minuten|dela|skriv ut|annons|läs mer|läs också|sök|logga in|prenumerera|del|annonse|les mer
del artikkel|udskriv|udostępnij|drukuj|reklama|czytaj więcej|czytaj też|czytaj dalej|szukaj|zaloguj|sdílet
tisk|číst dále|přečtěte si také|поделиться|поделиться новостью|реклама|читать далее|читайте также
читать полностью|распечатать|подписаться|подписаться на|главная|поиск|войти|меню|время чтения # мин
время чтения # минуты|скопировать ссылку|сохранить|слушать|поділитися|читайте також|друк|пошук|увійти
головна|paylaş|reklam|devamını oku|yazdır|abone ol|ara|giriş yap|分享|分享到|分享至|打印|打印本页|广告
廣告|阅读更多|閱讀更多|相关阅读|相關閱讀|登录|登入|注册|註冊|搜索|搜尋|首页|首頁|菜单|关闭|返回顶部|收藏
点赞|微信|微博|扫一扫|字号|大|中|小|繁體|简体|共有|シェア|シェアする|ツイート|広告|印刷|印刷する
続きを読む|もっと見る|関連記事|ログイン|検索|メニュー|ホーム|保存|공유|공유하기|인쇄|광고|더보기|로그인
검색|메뉴|글자크기|스크랩|مشاركة|شارك|شارك المقال|طباعة|إعلان|اقرأ المزيد|اقرأ أيضا|اقرأ أيضاً|بحث
تسجيل الدخول|الرئيسية|القائمة|تابعنا|حفظ|اشتراک گذاری|چاپ|تبلیغات|بیشتر بخوانید|שתף|שתפו|הדפסה|פרסומת
קרא עוד|חיפוש|साझा करें|शेयर करें|विज्ञापन|और पढ़ें|chia sẻ|quảng cáo|đọc thêm|in bài|bagikan|iklan
baca juga|baca selengkapnya|แชร์|โฆษณา|อ่านเพิ่มเติม
"""
WHOLE_ASIDE = """
related|related articles|related stories|related news|related content|related topics|related posts
related links|related coverage|related video|related videos|more stories|more news|more on this
more on this story|more like this|more coverage|more to read|read also|also read|see also
you may also like|you might also like|you may like|you might like|we recommend|recommended
recommended for you|recommended stories|recommended reading|editors' picks|editor's picks|editor's choice
don't miss|what to read next|read next|up next|also on|from the web|around the web|promoted stories
sponsored stories|in this article|in this story|in pictures|key points|most viewed|most shared
most commented|popular stories|popular articles|popular now|latest stories|latest articles|recent posts
recent articles|recent stories|today's top stories|in other news|explore more|keep reading|further reading
trending stories|more from|mehr zum thema|das könnte sie auch interessieren|verwandte artikel
auch interessant|meistgelesen|zum thema|lesen sie auch|à lire aussi|sur le même sujet|articles liés
les plus lus|voir aussi|dans la même rubrique|noticias relacionadas|te puede interesar|lo más leído
más noticias|más información|artículos relacionados|notícias relacionadas|leia também|mais lidas
veja também|saiba mais|articoli correlati|potrebbe interessarti|più letti|gerelateerde artikelen
meest gelezen|по теме|материалы по теме|самое читаемое|популярное|другие новости|ещё по теме|相关新闻
相关文章|相關新聞|延伸阅读|延伸閱讀|热门|推荐阅读|热门新闻|關連記事|あわせて読みたい|おすすめ記事
ランキング|관련기사|관련뉴스|인기기사|많이 본 뉴스|مواضيع ذات صلة|أخبار ذات صلة|الأكثر قراءة|اقرأ أيضًا
"""
WHOLE_END = """
comentar|comments|comment|leave a comment|leave a reply|leave your comment|post a comment|post comment
add a comment|write a comment|join the debate|reader comments|readers' comments|your comments
comment on this story|have your say|what do you think|discussion|responses|about the author
about the authors|about this article|kommentare|kommentieren|kommentar schreiben|diskutieren sie mit
commentaires|réactions|laisser un commentaire|ajouter un commentaire|comentarios|deja un comentario
deja tu comentario|comentários|deixe um comentário|deixe seu comentário|commenti|lascia un commento
reacties|reageer|kommentarer|komentarze|dodaj komentarz|komentáře|комментарии|оставить комментарий
добавить комментарий|коментарі|yorumlar|yorum yap|评论|发表评论|網友評論|留言|コメント|コメントを書く|댓글
댓글쓰기|التعليقات|اترك تعليقا|أضف تعليقا|terms of service|terms of use|terms and conditions|terms
privacy policy|privacy|privacy notice|cookie policy|privacy and cookies|all rights reserved|impressum
datenschutz|mentions légales|aviso legal|política de privacidad|copyright|accessibility
accessibility statement|do not sell my personal information|version for print|版权所有|版權所有
"""

# The page speaks to its reader: these open a line of the page even where a full sentence follows.
ADDRESSED_FURNITURE = """
share on|share to|share via|share this|click to share|follow us|follow me|find us on|like us on
sign up for|sign up to|sign up now|sign up here|subscribe to our|subscribe to the|subscribe now
subscribe today|subscribe for|get our|download our|click here|tap here|join our|enter your email
your email address|thank you for subscribing|thanks for signing up|scroll to continue|story continues
article continues|this article was originally published|we use cookies|this site uses cookies
this website uses cookies|by continuing to use|please enable javascript|javascript is
your browser does not|you need to enable|this is a modal window|this video file|beginning of dialog
end of dialog|log in to|sign in to|already a subscriber|folgen sie uns|abonnieren sie|suivez nous
abonnez vous|síguenos|suscríbete|siga nos|inscreva se|seguici|volg ons|подписывайтесь|подпишитесь
"""
ADDRESSED_END = """
©|all rights reserved|leave a comment|leave a reply|post a comment|your email address will not
you must be logged in|you must log in|please log in to|log in to comment|sign in to comment
login to comment|by submitting|by posting a comment|registered in england|a version of this article
this material may not|report this comment|view all comments|alle rechte vorbehalten|tous droits réservés
todos los derechos reservados|todos os direitos reservados|tutti i diritti riservati|все права защищены
"""

# These open sentences of the news as well ("Read more slowly, teachers say."), so a sentence does not count.
HEADING_FURNITURE = """
read more|read also|also read|read next|see also|watch live|watch now|watch video|watch the video
listen to|more on this|related article|related story|related topics|image caption|image source
image copyright|media caption|photo by|photos by|picture by|image by|reading time|estimated reading time
filed under|posted in|tagged with|tags|topics|video player|download the|get the latest|lesen sie auch
lesen sie mehr|mehr zum thema|à lire aussi|lire aussi|lea también|lee también|leia também|leggi anche
lees ook|читайте также|следите за|baca juga|czytaj też|相关阅读|延伸阅读
"""
HEADING_ASIDE = """
more from|more on|more in|more stories|related stories|related articles|trending in|popular in
most read in|latest from
"""
HEADING_END = """
copyright|terms of service|terms of use|privacy policy|powered by|comments are|content from|all content
"""
