/// Phrases that stand in code, documentation and samples where a key should stand, written by this project.
///
/// One phrase follows the other; a blank or a line break may be any one separator in a value, or none. Letters
/// are lowercase, with their accents. A phrase may be entered and left anywhere, so the order of words within a
/// line matters more than the line.
///
/// Scripts/strength-tables makes `PresetPhrases` and the text models of it. No estimate reads the text itself; a test compares them.
enum PresetText {
  /// Phrases that ask to be replaced, and warnings, in English.
  static let placeholders: StaticString = """
    your super secret key here change me in production your very secret jwt key must be at least 32 characters long
    your secret key here minimum 32 characters your session secret min 64 chars random string your own secret phrase
    change this to a long random string please change this secret before deploying to production changeme changeit
    changethis replace me with a strong random string of 64 characters or more replace this with your secret key
    replace in production replace with output of openssl rand insert your api key here put your secret key here
    put a random string here enter your password here type something random here add your secret key here
    fill me in set me set this in production paste your token here use a strong secret key of at least 32 characters
    use your own secret create a secret key generate a secret key with at least 64 characters
    generate a secure random string get your key from the dashboard a long random string of characters
    some long random secret string something hard to guess something very secret an unguessable string
    this is a secret key this is my secret key this is not a secret this is not secure this is a very long secret key
    this is a super secret key for jwt this is only for testing this is just a test this is a placeholder
    this should be changed this should be a random secret this must be changed this value must be at least 256 bits
    this key should be kept secret that is long enough for hs256 my super secret key my very secret password
    my application secret the most secret key in the world the best secret key ever super secret key for development only
    super secret key that should be changed in production super duper secret super secure password
    very very secret not a real secret key not for production not safe for production not so secret
    no one will ever guess this you will never guess this never gonna guess hard to guess string impossible to guess
    do not use this in production do not commit do not share this with anyone do not tell anyone dont change
    keep it secret keep it safe keep this value private never use this in production never commit this
    for local development only for testing only for demo purposes only dev secret change in production
    dev secret not for production use development key insecure secret key unsafe string used use custom secret key
    default secret key override me in production overwrite me to be changed to be replaced to be defined to do
    test secret key for unit tests dummy secret key fake token mock value sample key example value demo password
    temporary secret key placeholder secret build time placeholder local dev placeholder ci test secret
    docker secret key staging secret prod secret key replace before production your access key id
    your client id your client secret here your app key your auth token your webhook signing secret
    your encryption key 32 characters your private key your master key your database password your db root password
    your admin user password your google client id your github token your openai api key your stripe secret key
    your aws secret access key your azure account key your slack bot token your username your name here
    your domain com your company your value here your salt here your random string your generated key your strong password
    yoursecretkey you should change this you need to change this secret key goes here secret key base secret sauce
    secret for signing secret for flask sessions secret for my app secret must be set secret key is required
    session cookie secret jwt refresh secret jwt access token secret csrf secret encryption key must be 32 bytes long
    must be replaced minimum length required 32 character secret 64 hex characters 256 bit secret 512 bit random bytes
    random hex string long random password complex password strong password from your account from secrets manager
    <insert your secret key> <change me> <redacted> [redacted] removed hidden masked censored omitted user provided
    provided by user see readme see documentation ask your administrator stored in vault injected at deploy time
    whatever you want anything you like just a random string i am not a secret i hope nobody reads this
    shh its a secret dont tell anyone we should change this who cares it works on my machine if you can read this
    keyboard cat hello world hello kitty foo bar baz open sesame let me in trust no one better auth secret
    next auth secret rails secret key base laravel app key django insecure supabase jwt token with at least 32 characters
    """
  /// Phrases that ask to be replaced in other languages, in their script and in Latin letters.
  static let foreignPlaceholders: StaticString = """
    mein super geheimes passwort ändere mich in produktion bitte ändern hier deinen geheimen schlüssel eintragen
    dein geheimer schlüssel hier einfügen ersetzen ein sehr langer und sicherer mindestens 32 zeichen lang
    zufällige zeichenkette nur zum testen nicht in produktion verwenden streng geheimnis kennwort schluessel aendern
    das ist ein geheimer ersetze diesen wert vor der veröffentlichung ersetzen durch zufaellige fuer veroeffentlichen
    votre clé secrète ici ma clé très longue et sécurisée changez moi en production à remplacer remplacez
    mettez votre mot de passe ici une chaîne aléatoire de 32 caractères au moins ceci est ne pas utiliser insérez
    tu clave secreta aquí mi clave super secreta muy larga y segura cambia esta en producción cámbiame cambiar esto
    por favor reemplaza con tu pon tu contraseña ingresa una cadena aleatoria de al menos 32 caracteres no usar llave palabra secreto
    sua chave secreta aqui minha chave super secreta muito longa e segura mude isso em produção troque altere
    substitua coloque aqui uma senha insira sua sequência aleatória de pelo menos não use segredo qualquer
    la tua chiave segreta qui la mia chiave molto lunga e sicura cambiami in produzione da cambiare sostituisci
    inserisci la tua parola d'ordine stringa casuale di almeno caratteri non usare segreto
    jouw geheime sleutel hier mijn super verander dit in productie wijzig vervang vul uw wachtwoord in
    een lange willekeurige tekenreeks minimaal tekens niet gebruiken
    twój tajny klucz tutaj mój zmień mnie na produkcji zmień to hasło wpisz wstaw swój bardzo długi i bezpieczny
    co najmniej 32 znaki losowy ciąg znaków nie używać
    váš tajný klíč zde můj super změňte mě v produkci změň toto heslo vložte velmi dlouhý bezpečný alespoň znaků náhodný řetězec
    váš tajný kľúč sem zmeňte toto vaš tajni ključ ovdje moj promijeni me u produkciji zamijeni lozinka najmanje znakova
    vaš skrivni ključ tukaj spremeni zamenjaj z naključnim geslo
    a titkos kulcs ide az én szuper titkos kulcsom változtasd meg cseréld le jelszó nagyon legalább karakter
    cheia ta secretă aici cheia mea foarte lungă schimbă mă în producție introduceți parola înlocuiește
    din hemliga nyckel här min super byt ut mig i produktion ändra lösenord lång slumpmässig sträng minst tecken använd inte
    din hemmelige nøgle her min skift mig udskift adgangskode nøkkel bytt meg ut i produksjon endre passord
    salainen avain tähän minun erittäin vaihda tämä tuotannossa salasana
    gizli anahtarınız buraya benim süper gizli anahtarım bunu değiştir üretimde çok şifre girin en az karakter
    çok gizli ve güvenli uzun bir parola olmalı lütfen değiştirin rastgele dize yazın kimseye söyleme
    kunci rahasia anda di sini kunci rahasia saya ganti ini di produksi ubah kata sandi masukkan sangat
    ini adalah rahasia untuk aplikasi saya isi dengan acak yang panjang dan aman minimal jangan pakai tolong
    khóa bí mật của bạn ở đây của tôi thay đổi đổi mật khẩu nhập chuỗi ngẫu nhiên ít nhất ký tự
    tối thiểu rất dài và an toàn vui lòng thay không dùng cho ứng dụng này chìa khóa
    ang iyong lihim na susi palitan mo ito siri yangu badilisha hii nenosiri salajane võti slaptas raktas pakeiskite slepenā atslēga
    la teva clau secreta aquí canvia això contrasenya
    мой очень секретный ключ ваш секретный ключ здесь измените меня в продакшене замените на свой пароль вставьте сюда
    введите поменяй смени случайная строка не менее символов не использовать это супер секрет
    moy ochen sekretnyy klyuch vash sekretnyi kluch zdes izmeni menya pomenyai smeni parol zamenite na svoy vvedite stroka
    nikomu ne pokazyvat ne govorit eto ochen dlinnyy bezopasnyy sluchaynaya minimum simvolov ispolzuyte pozhaluysta moi taynyy
    мій секретний ключ змініть цей пароль тут вставте моят таен ключ тук промени ме парола мој тајни кључ лозинка
    το μυστικό κλειδί σας εδώ μου άλλαξέ με αλλάξτε αυτό στην παραγωγή κωδικός to mystiko kleidi mou edo allaxe kodikos vale sou megalo kai asfales
    你的密钥 我的密码 请修改此密钥 请更改 请替换为您的 在此输入 生产环境请修改 不要使用 超级秘密 这是一个测试 随机字符串 至少 默认 请填写 私钥 令牌 機密金鑰 請更改密碼
    wode miyao ni de miyao qing xiugai mima zheshi woaini 1314 ceshi qing tihuan cheng nin ziji de
    suiji zifuchuan zhishao wei zifu changdu yao anquan buyao shiyong shengchan huanjing genggai chaoji mimi jiami
    あなたの秘密鍵 ここに入力 パスワードを変更してください 本番環境では使わないで 秘密のテスト用 ランダムな文字列 シークレットキー 以上
    watashi no himitsu no kagi henkou shite kudasai koko ni nyuuryoku pasuwaado hontou
    kono atai wo kaete moji ijou no randamu na mojiretsu honban tsukawanai de ni irete totemo nagai anzen
    비밀 키를 여기에 입력하세요 당신의 나의 비밀번호를 변경하세요 변경해 주세요 운영 환경 매우 안전한 테스트용 무작위 문자열 이상 시크릿 사용자 지정
    nae bimil beonho byeongyeong haseyo amho saranghae bimil kireul yeogie ipryeok hae juseyo bakkwo
    choeso geulja isang mujagwi munjayeol gyocheinyo maeu anjeonhan naui dangsinui teseuteu sayong hajima
    मेरी गुप्त कुंजी यहाँ आपकी इसे बदलें पासवर्ड meri gupt kunji yahan aapki ise badlen badlo shabd
    kripya apni yahan daalen bahut lambi aur surakshit kam se kam akshar mera gopniya
    مفتاحك السري هنا المفتاح السري الخاص بي غير هذا كلمة المرور miftah al sirri kalimat al sirr murur ghayir hadha
    adkhil huna miftahak alsiri jiddan tawil alkhas bik la tastakhdim
    המפתח הסודי שלי כאן שלך שנה את הסיסמה hamafteach hasodi sheli shelcha shane sisma
    کلید مخفی من این را تغییر دهید رمز عبور kelid makhfi man ramz obur
    รหัสลับของฉัน เปลี่ยนรหัสผ่านที่นี่ กุญแจของคุณ rahat lap khong chan plian আমার গোপন চাবি পরিবর্তন করুন amar gopon chabi
    """
  /// Famous lines and texts that fill space.
  static let lines: StaticString = """
    lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua
    ut enim ad minim veniam quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea commodo consequat
    duis aute irure dolor in reprehenderit in voluptate velit esse cillum dolore eu fugiat nulla pariatur
    excepteur sint occaecat cupidatat non proident sunt in culpa qui officia deserunt mollit anim id est laborum
    the quick brown fox jumps over the lazy dog correct horse battery staple to be or not to be that is the question
    all your base are belong to us may the force be with you in the beginning god created the heavens and the earth
    we hold these truths to be self evident that all men are created equal we the people of the united states
    four score and seven years ago call me ishmael it was the best of times it was the worst of times
    once upon a time in a galaxy far far away one ring to rule them all you shall not pass speak friend and enter
    houston we have a problem one small step for man i have a dream roses are red violets are blue mary had a little lamb
    twinkle twinkle little star never gonna give you up hasta la vista baby is this the real life the cake is a lie
    so long and thanks for all the fish cogito ergo sum veni vidi vici carpe diem the answer to life the universe and everything
    for god so loved the world there is no place like home an apple a day keeps the doctor away winter is coming
    one two three four five six seven eight nine ten eleven twelve monday tuesday wednesday thursday friday saturday sunday
    red orange yellow green blue purple black white alpha bravo charlie delta echo foxtrot golf hotel india juliet
    """
  /// Rows of digits and letters that look drawn and are not.
  static let constants: StaticString = """
    3.1415926535897932384626433832795028841971693993751058209749445923078164062862089986280348253421170679
    2.7182818284590452353602874713526624977572470936999595749669676277 1.4142135623730950488016887242096980785696718753769
    1.6180339887498948482045868343656381177203 1.7320508075688772935274463415058723669 0.6931471805599453094172321
    0112358132134558914423337761098715972584418167651094617711286574636875025
    1248163264128256512102420484096819216384327686553613107226214452428810485762097152 149162536496481100121144169196225
    23571113171923293137414347535961677173798389971011031071091131271311371391491511571631671731791811911931971991361015212836
    deadbeef cafebabe deadc0de baadf00d feedface c0ffee babe facefeed defec8ed 8badf00d 0badc0de d15ea5e f00dbabe
    deadbea7 decafbad fee1dead badc0ffee cafed00d deadfeed abad1dea 1badb002 bada55 0ddba11
    243f6a8885a308d313198a2e03707344a4093822299f31d0082efa98ec4e6c89
    67452301efcdab8998badcfe10325476c3d2e1f0 6a09e667bb67ae853c6ef372a54ff53a510e527f9b05688c1f83d9ab5be0cd19 9e3779b9
    jbswy3dpehpk3pxp gezdgnbvgy3tqojq 13579 24680 8675309 11235813
    """
  /// Commands, code and references that should have been run or resolved.
  static let references: StaticString = """
    openssl rand -base64 32 $(openssl rand -hex 32) python -c "import secrets; print(secrets.token_hex(32))"
    python3 -c 'import os; print(os.urandom(24).hex())' secrets.token_urlsafe(32) uuid.uuid4().hex fernet.generate_key().decode()
    node -e "console.log(require('crypto').randombytes(32).tostring('hex'))" crypto.randomuuid()
    head -c 32 /dev/urandom | base64 tr -dc 'a-za-z0-9' | fold -w 32 pwgen -s 64 1 uuidgen php artisan key:generate
    bin/rails secret rake secret mix phx.gen.secret npx auth secret date | sha256sum ssh-keygen -t ed25519
    process.env.secret_key os.environ.get('secret_key') os.environ['jwt_secret'] os.getenv("secret_key") env('app_key')
    ${secret_key} ${{ secrets.jwt_secret }} {{ .values.secretkey }} {{ lookup('env', 'password') }} <%= env["secret_key_base"] %>
    op://vault/item/password exec(`op read "op:// doppler secrets get --plain vault:secret/data/app#key infisical() keychain("
    arn:aws:secretsmanager:us-east-1:123456789012:secret: arn:aws:ssm:eu-west-1: projects/my-project/secrets/versions/latest
    https://vault.azure.net/secrets/ file:///run/secrets/secret_key /etc/ssl/private/key.pem ./certs/ ~/.ssh/id_rsa
    -----begin private key----- -----end rsa private key----- -----begin openssh private key----- -----begin certificate-----
    ssh-ed25519 aaaac3nzac1lzdi1nte5aaaai ssh-rsa aaaab3nzac1yc2e postgresql://postgres:postgres@localhost:5432/
    mysql://root:root@127.0.0.1:3306/ redis://localhost:6379/0 mongodb://localhost:27017/ http://localhost:8080/
    https://www.example.com/path/token https://api. https://github.com/ user@example.com admin@localhost 192.168.0.1
    akiaiosfodnn7example wjalrxutnfemi/k7mdeng/bpxrficyexamplekey sk_test_ pk_live_ whsec_ ghp_ xoxb-
    eyjhbgcioijiuzi1niisinr5cci6ikpxvcj9. eyjhbgcioijsuzi1nii 00000000-0000-0000-0000-000000000000
    {"alg":"hs256","typ":"jwt"} {"user":"admin","password":" {"key":"value"} {"type":"service_account" enc[aes256_gcm,data:
    &lt;your secret key&gt; &amp; &quot; null undefined [object object] true false
    """
}
