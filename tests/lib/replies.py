"""How mail programs, firms and gateways dress a reply, and what people write
that only looks like it: the tables of tests/flow/415-replies.t."""

# Outlook's header of what it quotes: language, labels, a date.
HEADERS = [
    ('en', 'From', 'Sent', 'To', 'Subject',
     'Wednesday, March 4, 2026 2:05 PM'),
    ('de', 'Von', 'Gesendet', 'An', 'Betreff',
     'Mittwoch, 4. März 2026 14:05'),
    ('fr', 'De', 'Envoyé', 'À', 'Objet', 'mercredi 4 mars 2026 14:05'),
    ('es', 'De', 'Enviado el', 'Para', 'Asunto',
     'miércoles, 4 de marzo de 2026 14:05'),
    ('it', 'Da', 'Inviato', 'A', 'Oggetto', 'mercoledì 4 marzo 2026 14:05'),
    ('nl', 'Van', 'Verzonden', 'Aan', 'Onderwerp',
     'woensdag 4 maart 2026 14:05'),
    ('sv', 'Från', 'Skickat', 'Till', 'Ämne', 'den 4 mars 2026 14:05'),
    ('pl', 'Od', 'Wysłane', 'Do', 'Temat', 'środa, 4 marca 2026 14:05'),
    ('pl2', 'Od', 'Wysłano', 'Do', 'Temat', 'środa, 4 marca 2026 14:05'),
    ('da', 'Fra', 'Sendt', 'Til', 'Emne', '4. marts 2026 14:05'),
    ('nb', 'Fra', 'Sendt', 'Til', 'Emne', 'onsdag 4. mars 2026 14:05'),
    ('fi', 'Lähettäjä', 'Lähetetty', 'Vastaanottaja', 'Aihe',
     'keskiviikko 4. maaliskuuta 2026 14.05'),
    ('tr', 'Kimden', 'Gönderilme', 'Kime', 'Konu',
     '4 Mart 2026 Çarşamba 14:05'),
    ('tr2', 'Gönderen', 'Gönderildi', 'Kime', 'Konu',
     '4 Mart 2026 Çarşamba 14:05'),
    ('ru', 'От', 'Отправлено', 'Кому', 'Тема',
     'среда, 4 марта 2026 г. 14:05'),
    ('uk', 'Від', 'Надіслано', 'Кому', 'Тема',
     'середа, 4 березня 2026 р. 14:05'),
    ('bg', 'От', 'Изпратено', 'До', 'Относно', 'сряда, 4 март 2026 г. 14:05'),
    ('ja', '差出人', '送信日時', '宛先', '件名', '2026年3月4日 14:05'),
    ('zh', '发件人', '发送时间', '收件人', '主题', '2026年3月4日 14:05'),
    ('tw', '寄件者', '寄件日期', '收件者', '主旨', '2026年3月4日 14:05'),
    ('ko', '보낸 사람', '보낸 날짜', '받는 사람', '제목', '2026년 3월 4일 수요일 오후 2:05'),
    ('ptbr', 'De', 'Enviada em', 'Para', 'Assunto',
     'quarta-feira, 4 de março de 2026 14:05'),
    ('ptpt', 'De', 'Enviado', 'Para', 'Assunto', '4 de março de 2026 14:05'),
    ('cs', 'Od', 'Odesláno', 'Komu', 'Předmět',
     'středa 4. března 2026 14:05'),
    ('sk', 'Od', 'Odoslané', 'Komu', 'Predmet', 'streda 4. marca 2026 14:05'),
    ('hu', 'Feladó', 'Elküldve', 'Címzett', 'Tárgy',
     '2026. március 4., szerda 14:05'),
    ('ro', 'De la', 'Trimis', 'Către', 'Subiect',
     'miercuri, 4 martie 2026 14:05'),
    ('ro2', 'De', 'Trimis', 'Catre', 'Subiect',
     'miercuri, 4 martie 2026 14:05'),
    ('el', 'Από', 'Απεσταλμένα', 'Προς', 'Θέμα',
     'Τετάρτη, 4 Μαρτίου 2026 2:05 μμ'),
    ('hr', 'Šalje', 'Poslano', 'Prima', 'Predmet', '4. ožujka 2026. 14:05'),
    ('sl', 'Od', 'Poslano', 'Za', 'Zadeva', 'sreda, 4. marec 2026 14:05'),
    ('et', 'Saatja', 'Saadetud', 'Adressaat', 'Teema',
     'kolmapäev, 4. märts 2026 14:05'),
    ('lv', 'No', 'Nosūtīts', 'Kam', 'Tēma',
     'trešdiena, 2026. gada 4. marts 14:05'),
    ('lt', 'Nuo', 'Išsiųsta', 'Kam', 'Tema',
     '2026 m. kovo 4 d., trečiadienis 14:05'),
    ('he', 'מאת', 'נשלח', 'אל', 'נושא', 'יום רביעי 04 מרץ 2026 14:05'),
    ('ar', 'من', 'تم الإرسال', 'إلى', 'الموضوع', '04/مارس/2026 02:05 م'),
    ('vi', 'Từ', 'Đã gửi', 'Đến', 'Chủ đề', '04 Tháng Ba 2026 14:05'),
    ('th', 'จาก', 'ส่งเมื่อ', 'ถึง', 'เรื่อง', '4 มีนาคม 2569 14:05'),
    ('ca', 'De', 'Enviat', 'Per a', 'Tema',
     'dimecres, 4 de març de 2026 14:05'),
    ('id', 'Dari', 'Dikirim', 'Kepada', 'Perihal',
     'Rabu, 4 Maret 2026 14.05'),
]

# Lines above a quote.
ATTRIBUTIONS = [
    '2026-03-04, tr, 14:05 Status Desk <desk@status.example> rašė:',
    '2026. 3. 4. 오후 2:05, Status Desk <desk@status.example> 작성:',
    '2026. márc. 4. dátummal, 14:05 időpontban Status Desk '
    '<desk@status.example> írta:',
    '2026/03/04 14:05、Status Desk <desk@status.example>のメール:',
    '2026年3月4日 14:05，Status Desk <desk@status.example> 写道：',
    '2026年3月4日(水) 14:05 Status Desk <desk@status.example>:',
    '2026년 3월 4일 (수) 오후 2:05, Status Desk <desk@status.example>님이 작성:',
    '4 mars 2026 kl. 14:05 skrev Status Desk <desk@status.example>:',
    '4 Μαρ 2026, 14:05, ο χρήστης «Status Desk <desk@status.example>» έγραψε:',
    '4 марта 2026 г., в 14:05, Status Desk <desk@status.example> написал(а):',
    '4. 3. 2026 v 14:05, Status Desk <desk@status.example>:',
    '4. mar. 2026 kl. 14:05 skrev Status Desk <desk@status.example>:',
    'Am 04.03.2026 um 14:05 schrieb Status Desk <desk@status.example>:',
    'Am Mi., 4. März 2026 um 14:05 Uhr schrieb Status Desk '
    '<desk@status.example>:',
    'Den 4. mar. 2026 kl. 14.05 skrev Status Desk <desk@status.example>:',
    'Den ons 4 mars 2026 kl 14:05 skrev Status Desk <desk@status.example>:',
    'Den ons. 4. mar. 2026 kl. 14.05 skrev Status Desk <desk@status.example>:',
    'El 4 mar 2026, a las 14:05, Status Desk <desk@status.example> escribió:',
    'El mié, 4 mar 2026 a las 14:05, Status Desk (<desk@status.example>) '
    'escribió:',
    'Em 4 de mar. de 2026, à(s) 14:05, Status Desk <desk@status.example> '
    'escreveu:',
    'Em qua., 4 de mar. de 2026 às 14:05, Status Desk <desk@status.example> '
    'escreveu:',
    'Il giorno 4 mar 2026, alle ore 14:05, Status Desk <desk@status.example> '
    'ha scritto:',
    'Il giorno mer 4 mar 2026 alle ore 14:05 Status Desk '
    '<desk@status.example> ha scritto:',
    'Kuupäev K, 4. märts 2026 kell 14:05 kirjutas Status Desk '
    '<desk@status.example>:',
    'Le 4 mars 2026 à 14:05, Status Desk <desk@status.example> a écrit :',
    'Le mer. 4 mars 2026 à 14:05, Status Desk <desk@status.example> a écrit :',
    'Missatge de Status Desk <desk@status.example> del dia dc., 4 de març '
    '2026 a les 14:05:',
    'On 04.03.2026, at 14:05, Status Desk wrote:',
    'On 4 Mar 2026, at 14:05, Status Desk <desk@status.example> wrote:',
    'On Mar 4, 2026, at 2:05 PM, Status Desk <desk@status.example> wrote:',
    'On Wed, 4 Mar 2026 at 14:05, Status Desk <desk@status.example> wrote:',
    'On Wed, Mar 4, 2026 at 2:05 PM Status Desk <desk@status.example> wrote:',
    'On Wed, Mar 4, 2026 at 2:05\u202fPM Status Desk <desk@status.example> '
    'wrote:',
    'Op 4 mrt 2026 om 14:05 heeft Status Desk <desk@status.example> het '
    'volgende geschreven:',
    'Op wo 4 mrt 2026 om 14:05 schreef Status Desk <desk@status.example>:',
    'Pada Rab, 4 Mar 2026 pukul 14.05 Status Desk <desk@status.example> '
    'menulis:',
    'Status Desk <desk@status.example> escreveu (quarta, 4/03/2026 à(s) '
    '14:05):',
    'Status Desk <desk@status.example> ezt írta (időpont: 2026. márc. 4., '
    'Sze, 14:05):',
    'Status Desk <desk@status.example> kirjoitti 4.3.2026 kello 14.05:',
    'Status Desk <desk@status.example> şunları yazdı (4 Mar 2026 14:05):',
    'Status Desk <desk@status.example> 于2026年3月4日周三 14:05写道：',
    'Status Desk <desk@status.example> 於 2026年3月4日 週三 下午2:05寫道：',
    'Status Desk <desk@status.example>, 4 Mar 2026 Çar, 14:05 tarihinde şunu '
    'yazdı:',
    'V V sre., 4. mar. 2026 ob 14:05 je oseba Status Desk '
    '<desk@status.example> napisala:',
    'Vào Th 4, 4 thg 3, 2026 vào lúc 14:05 Status Desk <desk@status.example> '
    'đã viết:',
    'Wiadomość napisana przez Status Desk <desk@status.example> w dniu '
    '04.03.2026, o godz. 14:05:',
    'ke 4.3.2026 klo 14.05 Status Desk (desk@status.example) kirjoitti:',
    'ons. 4. mar. 2026 kl. 14:05 skrev Status Desk <desk@status.example>:',
    'sri, 4. ožu 2026. u 14:05 Status Desk <desk@status.example> napisao je:',
    'st 4. 3. 2026 o 14:05 Status Desk <desk@status.example> napísal(a):',
    'st 4. 3. 2026 v 14:05 odesílatel Status Desk <desk@status.example> '
    'napsal:',
    'trešd., 2026. g. 4. marts, plkst. 14:05 — lietotājs Status Desk '
    '(<desk@status.example>) rakstīja:',
    'În mie., 4 mar. 2026 la 14:05, Status Desk <desk@status.example> a '
    'scris:',
    'Þann mið., 4. mar. 2026 kl. 14:05 skrifaði Status Desk '
    '<desk@status.example>:',
    'śr., 4 mar 2026 o 14:05 Status Desk <desk@status.example> napisał(a):',
    'Στις Τετ 4 Μαρ 2026 στις 2:05\u202fμ.μ., ο χρήστης Status Desk '
    '<desk@status.example> έγραψε:',
    'На ср, 4.03.2026 г. в 14:05 Status Desk <desk@status.example> написа:',
    'ср, 4 бер. 2026 р. о 14:05 Status Desk <desk@status.example> пише:',
    'ср, 4 мар. 2026 г. в 14:05, Status Desk <desk@status.example>:',
    'сре, 4. мар 2026. у 14:05 Status Desk <desk@status.example> је '
    'написао/ла:',
    'في الأربعاء، 4 مارس 2026 في 2:05 م تمت كتابة ما يلي بواسطة Status Desk '
    '<desk@status.example>:',
    'ในวันที่ พ. 4 มี.ค. 2026 เวลา 14:05 Status Desk <desk@status.example> '
    'เขียนว่า:',
    '\u202bבתאריך יום ד׳, 4 במרץ 2026 ב-14:05 מאת \u202aStatus '
    'Desk\u202c\u200f <\u202adesk@status.example\u202c\u200f>:\u202c',
]

# What telephones add.
DEVICES = [
    'Get Outlook for iOS<https://aka.ms/o0ukef>',
    'Get Outlook for Android<https://aka.ms/AAb9ysg>',
    'Outlook für iOS<https://aka.ms/o0ukef> beziehen',
    'Holen Sie sich Outlook für iOS<https://aka.ms/o0ukef>',
    'Obtenir Outlook pour iOS<https://aka.ms/o0ukef>',
    'Télécharger Outlook pour Android<https://aka.ms/o0ukef>',
    'Obtener Outlook para iOS<https://aka.ms/o0ukef>',
    'Scarica Outlook per iOS<https://aka.ms/o0ukef>',
    'Ottieni Outlook per Android<https://aka.ms/o0ukef>',
    'Outlook voor iOS<https://aka.ms/o0ukef> downloaden',
    'Download Outlook voor Android<https://aka.ms/o0ukef>',
    'Obter o Outlook para iOS<https://aka.ms/o0ukef>',
    'Skaffa Outlook för iOS<https://aka.ms/o0ukef>',
    'Hämta Outlook för Android<https://aka.ms/o0ukef>',
    'Hent Outlook til iOS<https://aka.ms/o0ukef>',
    'Skaff deg Outlook for iOS<https://aka.ms/o0ukef>',
    'Hanki Outlook for iOS<https://aka.ms/o0ukef>',
    'Hanki Outlook iOS:lle<https://aka.ms/o0ukef>',
    'Pobierz program Outlook dla systemu iOS<https://aka.ms/o0ukef>',
    'Získat Outlook pro iOS<https://aka.ms/o0ukef>',
    'Получить Outlook для iOS<https://aka.ms/o0ukef>',
    "iOS için Outlook<https://aka.ms/o0ukef>'u edinin",
    'Outlook for iOS<https://aka.ms/o0ukef> を入手',
    'iOS 版 Outlook<https://aka.ms/o0ukef>を入手',
    '获取 Outlook for iOS<https://aka.ms/o0ukef>',
    '获取 iOS 版 Outlook<https://aka.ms/o0ukef>',
    '取得 iOS 版 Outlook<https://aka.ms/o0ukef>',
    'iOS용 Outlook<https://aka.ms/o0ukef> 다운로드',
    'Outlook for iOS<https://aka.ms/o0ukef> 다운로드',
    'iOS Outlook<https://aka.ms/o0ukef> beszerzése',
    'Αποκτήστε το Outlook για iOS<https://aka.ms/o0ukef>',
    'Obțineți Outlook pentru iOS<https://aka.ms/o0ukef>',
    'Отримайте Outlook для iOS<https://aka.ms/o0ukef>',
    'Elküldve az iPhone-omról', 'Enviado desde mi iPhone',
    'Enviado do meu iPhone', 'Envoyé de mon iPhone', 'Inviato da iPhone',
    'Lähetetty iPhonesta', 'Odesláno z iPhonu', 'Sendt fra min iPhone',
    'Sent from my Apple Watch', 'Sent from my iPad', 'Sent from my iPhone',
    'Skickat från min iPhone', 'Verstuurd vanaf mijn iPhone',
    'Von meinem iPhone gesendet', 'Wysłane z iPhone’a',
    'iPhone’umdan gönderildi', 'iPhoneから送信', 'Στάλθηκε από το iPhone μου',
    'Отправлено с iPhone', '发自我的 iPhone', '나의 iPhone에서 보냄',
    'تم الإرسال من الـ iPhone', 'Odesláno pomocí Outlooku pro Android',
    '\u2063Get BlueMail for Android \u200b',
    'Sorry for any typos, sent from my phone.',
]

# Who writes, and what stands below his words.
SIGNATURES = [
    ('Maria Keller', '-- \nMaria Keller\nNOC, Example Hosting'),
    ('Maria Keller',
     '--\nMaria Keller\nNOC, Example Hosting\n+49 30 1234567'),
    ('Maria Keller', '-- \nMaria Keller'),
    ('Maria Keller', 'Kind regards,\nMaria'),
    ('Maria Keller',
     'Kind regards\n\nMaria Keller\nNOC Engineer\nExample Hosting\n+49 30 '
     '1234567'),
    ('Maria Keller', 'Best,\nMaria'), ('Maria Keller', 'BR\nMaria'),
    ('Maria Keller', 'Mit freundlichen Grüßen\n\nMaria Keller\nNetzbetrieb'),
    ('Maria Keller',
     'Mit freundlichen Grüßen\n\ni. A. Maria Keller\nNetzbetrieb\nTel.: 030 '
     '1234567\nFax: 030 1234568'),
    ('Maria Keller', 'Mit besten Grüßen aus Berlin\nMaria Keller'),
    ('Maria Keller', 'Viele Grüße,\nMaria'), ('Maria Keller', 'VG Maria'),
    ('Maria Keller', 'LG, Maria'), ('Maria Keller', 'Gruß Maria'),
    ('Maria Keller', 'Grüße aus Köln\nMaria'),
    ('Marie Dupont',
     'Cordialement,\n\nMarie Dupont\nIngénieure réseau\n01 23 45 67 89'),
    ('DUPONT Marie', 'Bien cordialement,\nMarie DUPONT'),
    ('DUPONT Marie', 'Cdlt,\nMarie'),
    ('DUPONT Marie', 'Bonne journée,\nMarie'),
    ('DUPONT Marie', 'Belle journée à vous,\nMarie Dupont'),
    ('José García', 'Saludos,\nJosé García\nIngeniero de sistemas'),
    ('José García', 'Un saludo.\nJosé'),
    ('José García', 'Reciba un cordial saludo,\nJosé García'),
    ('João Silva',
     'Atenciosamente,\n\nJoão Silva\nAnalista de Redes\n(11) 91234-5678'),
    ('João Silva', 'Att.,\nJoão'),
    ('João Silva', 'Melhores cumprimentos,\nJoão Silva'),
    ('João Silva', 'Abs,\nJoão'),
    ('Luca Rossi', 'Cordiali saluti\n\nLuca Rossi\nUfficio reti'),
    ('Luca Rossi', 'Un cordiale saluto,\nLuca'),
    ('Luca Rossi', 'Grazie e saluti,\nLuca'),
    ('Jan de Vries',
     'Met vriendelijke groet,\n\nJan de Vries\nNetwerkbeheer\nT 020 1234567'),
    ('Jan de Vries',
     'Met vriendelijke groet / Kind regards,\n\nJan de Vries'),
    ('Jan de Vries', 'Gr. Jan'),
    ('Erik Öberg', 'Med vänliga hälsningar\n\nErik Öberg\nDrift'),
    ('Erik Öberg', '/Erik'), ('Erik Öberg', 'Mvh Erik'),
    ('Lars Holm',
     'Med venlig hilsen / Best regards\n\nLars Holm\nSystemadministrator\n'
     'Tlf. 12 34 56 78'),
    ('Lars Holm', 'Hilsen Lars'),
    ('Pekka Virtanen', 'Terveisin,\nPekka Virtanen'),
    ('Pekka Virtanen', 't. Pekka'), ('Anna Nowak', 'Pozdrawiam,\nAnna Nowak'),
    ('Anna Nowak', '--\nPozdrawiam\nAnna Nowak\nDział IT'),
    ('Anna Nowak', 'Z poważaniem,\nAnna Nowak\nDział IT'),
    ('Иван Петров',
     'С уважением,\nИван Петров\nИнженер NOC\n+7 495 123-45-67'),
    ('Иван Петров', '--\nС уважением, Иван'),
    ('Petr Novák', 'S pozdravem\nPetr Novák'),
    ('Petr Novák',
     'S pozdravom / Best regards\nPetr Novák\nmob: +421 905 123 456'),
    ('Kovács Péter', 'Üdvözlettel:\nKovács Péter'),
    ('Kovács Péter', 'Üdv,\nPéter'), ('Ion Popescu', 'Cu stimă,\nIon Popescu'),
    ('Ayşe Yılmaz', 'Saygılarımla,\nAyşe Yılmaz'),
    ('Ayşe Yılmaz', 'İyi çalışmalar,\nAyşe'), ('田中 太郎', 'よろしくお願いいたします。\n\n田中'),
    ('田中 太郎',
     '--------------------------------\n株式会社サンプル 運用部\n田中 太郎\nTEL: '
     '03-1234-5678\nE-mail: tanaka@example.net\n'
     '--------------------------------'),
    ('田中 太郎',
     '==========================\n田中 太郎 (TANAKA Taro)\n株式会社サンプル\nTEL '
     '03-1234-5678\ntanaka@example.net\n=========================='),
    ('王伟', '此致\n敬礼\n王伟'),
    ('Γιώργος Παπαδόπουλος', 'Με εκτίμηση,\nΓιώργος Παπαδόπουλος'),
    ('Олена Коваль', 'З повагою,\nОлена Коваль'), ('Maria Keller', 'Maria'),
    ('Maria Keller', '- Maria'), ('Maria Keller', '— Maria'),
    ('Maria Keller', 'M.'), ('Maria Keller', '/mk'),
    ('Maria Keller',
     'Maria Keller | NOC Engineer\nExample Hosting GmbH\nwww.example.net'),
    ('Maria Keller',
     'Maria Keller\nNOC Engineer | Example Hosting\n+49 30 1234567 | '
     'maria.keller@example.net'),
    ('Maria Keller',
     'Maria Keller\nNOC Engineer\n\nExample Hosting GmbH\nMusterstr. 12\n'
     '10115 Berlin\n\nTel +49 30 1234567\nwww.example.net'),
    ('Maria Keller',
     '_____________________\nMaria Keller\nNOC Engineer\nExample Hosting'),
    ('Maria Keller',
     '***************************\nMaria Keller\nPhone: +49 30 1234567\n'
     'maria@example.net\n***************************'),
    ('Maria Keller', 'Thanks,\nMaria'),
    ('Maria Keller', 'Thanks and kind regards,\nMaria Keller'),
    ('Maria Keller', 'Many thanks & best wishes,\nMaria'),
    ('Maria Keller', 'Thank you,\n\nMaria Keller\nNOC'),
    ('Maria Keller', 'Warmest regards,\nMaria Keller\nNOC'),
    ('Maria Keller', 'With best regards from Berlin,\nMaria Keller'),
    ('Maria Keller', 'Cheers, Maria'),
    ('Maria Keller', 'Regards.\n\nMaria Keller'),
    ('Maria Keller', 'Regards, Maria Keller'),
    ('Maria Keller', 'Kind regards Maria'),
    ('Maria Keller', 'Kind regards,\n\nNOC Team\nExample Hosting'),
    ('Keller, Maria', 'Best regards\nMaria K.'),
    ('', 'Best regards\nMaria Keller\nNOC'),
    ('Maria Keller', 'Sent from my iPhone'),
    ('Maria Keller', 'Sent from my Samsung Galaxy smartphone.'),
    ('Maria Keller', 'Sent from Outlook for iOS<https://aka.ms/o0ukef>'),
    ('Maria Keller', 'Sent from Mail for Windows 10'),
    ('Maria Keller', 'Gesendet von Mail für Windows'),
    ('Maria Keller', 'Gesendet von Outlook für Mac'),
    ('Maria Keller', 'Von meinem Samsung Galaxy Smartphone gesendet.'),
    ('Maria Keller', 'Gesendet mit der WEB.DE Mail App'),
    ('Maria Keller', 'Envoyé à partir de Outlook pour Android'),
    ('Maria Keller', 'Téléchargez Outlook pour iOS'),
    ('Maria Keller', 'Enviado desde Outlook para Android'),
    ('Maria Keller', 'Enviado do Outlook para iOS'),
    ('Maria Keller', 'Inviato da Outlook per Android'),
    ('Maria Keller', 'Verzonden vanuit Outlook voor iOS'),
    ('Maria Keller', 'Verstuurd vanaf mijn Galaxy'),
    ('Maria Keller', 'Skickat från min Samsung Mobil.'),
    ('Maria Keller', 'Sendt fra min Galaxy'),
    ('Maria Keller', 'Lähetetty Galaxy-puhelimesta'),
    ('Maria Keller', 'Wysłano z urządzenia Galaxy'),
    ('Maria Keller', 'Отправлено с моего Galaxy'),
    ('Maria Keller', 'Odesláno z mého telefonu Galaxy'),
    ('Maria Keller', 'Galaxy cihazımdan gönderildi'),
    ('Maria Keller',
     'Maria Keller, NOC\n(sent from mobile, please excuse typos)'),
    ('Maria Keller', 'Sent from a phone. Apologies for brevity.'),
    ('Maria Keller', 'Please excuse any typos, sent from my mobile'),
    ('Maria Keller', 'Sent on the go'),
    ('Maria Keller', 'Sent from Gmail Mobile'),
    ('Maria Keller', 'Enviado desde mi Galaxy'),
    ('Maria Keller',
     'Mit TouchDown von meinem Android-Telefon gesendet (www.symantec.com)'),
    ('Maria Keller', 'Sent from Spark'),
    ('Maria Keller', 'This message was sent from my mobile device.'),
    ('Maria Keller',
     'CONFIDENTIALITY NOTICE: The contents of this email message and any '
     'attachments are intended solely for the addressee(s).'),
    ('Maria Keller',
     'Diese E-Mail kann vertrauliche und/oder rechtlich geschützte '
     'Informationen enthalten. Wenn Sie nicht der richtige Adressat sind, '
     'informieren Sie bitte den Absender.'),
    ('Maria Keller',
     'Die Information in dieser E-Mail ist vertraulich und ausschließlich '
     'für den Adressaten bestimmt.'),
    ('Maria Keller',
     'Ce message et toutes les pièces jointes sont confidentiels et établis '
     "à l'intention exclusive de ses destinataires."),
    ('Maria Keller',
     'Este mensaje y los archivos adjuntos son confidenciales y van '
     'dirigidos exclusivamente a su destinatario.'),
    ('Maria Keller',
     'La información contenida en este correo es confidencial. Si usted no '
     'es el destinatario, bórrelo.'),
    ('Maria Keller',
     'Esta mensagem pode conter informação confidencial e destina-se '
     'exclusivamente ao destinatário.'),
    ('Maria Keller',
     'Le informazioni contenute nella presente comunicazione e i relativi '
     'allegati possono essere riservate e sono destinate esclusivamente alle '
     'persone sopraindicate.'),
    ('Maria Keller',
     'De informatie verzonden met dit e-mailbericht is uitsluitend bestemd '
     'voor de geadresseerde en vertrouwelijk.'),
    ('Maria Keller',
     'Treść tej wiadomości jest poufna i przeznaczona wyłącznie dla adresata.'),
    ('Maria Keller',
     'Данное электронное сообщение содержит конфиденциальную информацию и '
     'предназначено только адресату.'),
    ('Maria Keller',
     'Tento e-mail a jakékoliv k němu připojené dokumenty jsou důvěrné a '
     'jsou určeny pouze jeho adresátům.'),
    ('Maria Keller',
     'Detta mejl kan innehålla konfidentiell information avsedd endast för '
     'mottagaren.'),
    ('Maria Keller',
     'Denne mail kan indeholde fortrolige oplysninger, der kun er bestemt '
     'til modtageren.'),
    ('Maria Keller',
     'Ez az üzenet bizalmas információkat tartalmazhat, kizárólag a címzett '
     'részére.'),
    ('Maria Keller',
     'Bu e-posta ve ekleri gizli bilgiler içerebilir ve sadece alıcısına '
     'özeldir.'),
    ('Maria Keller', '※本メールには機密情報が含まれている場合があります。'),
    ('Maria Keller',
     '🌳 Please consider the environment before printing this email'),
    ('Maria Keller', "Pensez à l'environnement avant d'imprimer ce message"),
    ('Maria Keller', 'Maria Keller (she/her)\nNOC Engineer\nExample Hosting'),
    ('Maria Keller',
     'Kind regards,\nMaria Keller\n[cid:image001.png@01DA6E2F.12345678]'),
    ('Maria Keller',
     'Maria Keller\nNOC Engineer\nExample Hosting GmbH\n[A blue logo with '
     'text\n\nDescription automatically generated]<https://www.example.net/>'),
    ('Maria Keller',
     'Kind regards,\n\nMaria Keller\nNOC Engineer\n\n[Example Logo]\n\nT: '
     '+49 30 1234567\nwww.example.net<http://www.example.net/>'),
    ('Maria Keller',
     'Kind regards,\nMaria Keller\nNOC Engineer\n\n'
     '[LinkedIn]<https://linkedin.com/company/x> '
     '[Twitter]<https://twitter.com/x>'),
    ('Maria Keller',
     'Maria Keller\nNOC Engineer, Example Hosting\nLinkedIn | Twitter | '
     'Facebook\nwww.example.net'),
    ('Maria Keller',
     ' \n\nMit freundlichen Grüßen / Best regards\n\nMaria Keller\nSenior '
     'Network Engineer\nNetwork Operations\n\nEXAMPLE HOSTING GMBH\n'
     'Musterstraße 12\n10115 Berlin\nGermany\n\nPhone: +49 30 1234567\n'
     'Mobile: +49 170 1234567\nmailto:maria.keller@example.net\n'
     'www.example.net\n\nSitz der Gesellschaft: Berlin; Registergericht: '
     'Amtsgericht Charlottenburg, HRB 12345\nGeschäftsführung: Hans Muster '
     '(Vorsitzender), Eva Beispiel'),
    ('Maria Keller',
     'Thanks,\n\nMaria Keller\nNetwork Engineer II | NOC\nExample Hosting, '
     'Inc.\n123 Main Street, Suite 400\nSpringfield, IL 62701\nO: (217) '
     '555-0134 ext. 12\nC: (217) 555-0135\nmaria.keller@example.net\n\n'
     'CONFIDENTIALITY NOTICE: This e-mail message, including any '
     'attachments, is for the sole use of the intended recipient(s).'),
    ('Maria Keller',
     'Kind regards,\nMaria\n\n\nMaria Keller\nNetwork Engineer\nExample '
     'Hosting Ltd\nt. 020 7946 0123  m. 07700 900123\nw. www.example.net  e. '
     'maria.keller@example.net\n\nExample Hosting Limited. Registered in '
     'England and Wales No. 01234567. Registered office: 1 High Street, '
     'London EC1A 1AA. VAT No. GB123456789.\n\nThis email is sent in '
     'confidence for the addressee only. Unauthorised recipients must '
     'preserve this confidentiality.'),
    ('Maria Keller', 'Kind Regards,\nMaria Keller | NOC\nExample Hosting'),
    ('Maria Keller',
     'Regards\nMaria Keller\n\nExample Hosting GmbH | Berlin'),
    ('Maria Keller',
     'Mit freundlichem Gruß\nMaria Keller\n--\nExample Hosting GmbH\n'
     'Musterstr. 12, 10115 Berlin'),
    ('Maria Keller',
     'Freundliche Grüsse\nMaria Keller\n\nExample AG\nBahnhofstrasse 1\n'
     'CH-8001 Zürich\nTel. +41 44 123 45 67'),
    ('Maria Keller', 'Best regards / Mit freundlichen Grüßen\nMaria Keller'),
    ('Maria Keller', 'Danke und Gruß\nMaria'),
    ('Maria Keller', 'Danke & viele Grüße\nMaria'),
    ('Maria Keller', 'Besten Dank und freundliche Grüße\nMaria Keller'),
    ('Maria Keller', 'Thanks & Regards,\nMaria Keller'),
    ('Maria Keller',
     'Thank you and kind regards,\nMaria Keller\nShift Lead, NOC'),
    ('Maria Keller',
     'All the best,\nMaria\n\nMaria Keller\nSenior Engineer\nm: +49 170 '
     '1234567'),
    ('Maria Keller', 'Maria Keller\nSent from my iPhone'),
    ('Maria Keller', 'Maria\n\nSent from my mobile phone'),
    ('Maria Keller', 'Regards,\nMaria\n\nSent from my Pixel 8'),
    ('Maria Keller', '--\nMaria Keller\nSent from mobile'),
    ('Maria Keller', 'Maria Keller - NOC'), ('Maria Keller', '~ Maria'),
    ('Maria Keller', '-Maria'),
    ('Maria Keller',
     '-- \nMaria Keller\n\nExample Hosting GmbH\nGeschäftsführer: Hans '
     'Muster\nHRB 12345'),
    ('Maria Keller',
     '---\nMaria Keller\nNOC Engineer\nT: +49 30 1234567\n'
     'maria.keller@example.net'),
    ('Maria Keller',
     '********************************\nMaria Keller\nNOC\nTel: +49 30 '
     '1234567\nhttps://www.example.net\n********************************'),
    ('Maria Keller',
     'Maria Keller\nTeamleitung Netzbetrieb\nTelefon +49 30 1234567\nMobil '
     '+49 170 1234567\n'
     'maria.keller@example.net<mailto:maria.keller@example.net>\n\nExample '
     'Hosting GmbH, Musterstr. 12, 10115 Berlin\nGeschäftsführer: Hans '
     'Muster, Amtsgericht Berlin HRB 12345'),
    ('Maria Keller', 'M. Keller\nNOC Berlin'),
    ('Maria Keller', 'Keller, Maria\nNOC'),
    ('Maria Keller', 'Maria Keller (NOC)'),
    ('Maria Keller', 'Maria Keller, NOC Berlin'),
    ('Maria Keller',
     'Regards,\n\nMaria Keller\nNOC\n\nDisclaimer: The information in this '
     'email is confidential and may be legally privileged.'),
    ('Maria Keller',
     'Regards,\nMaria\n\nP Please consider the environment before printing '
     'this e-mail'),
    ('Maria Keller',
     'Best,\n\nMaria Keller (she/her)\nStaff SRE @ Example\n'
     '[https://www.example.net/logo.png]'),
    ('Maria Keller', 'Best Regards,\nMaria\n\n\n\n[cid:c7d1c0b2-7d6b-4ac9]'),
    ('Maria Keller', 'Cheers\nM'), ('Maria Keller', 'br,\nmaria'),
    ('Maria Keller', 'maria'), ('Maria Keller', 'MARIA'),
    ('Maria Keller', 'Gruss\nMaria\n\nVon meinem iPhone gesendet'),
    ('Maria Keller', 'Liebe Grüße\nMaria Keller\n(von unterwegs gesendet)'),
    ('Maria Keller', 'Sent from Proton Mail Android'),
    ('Maria Keller', 'Sent from my Xiaomi'),
    ('Maria Keller', 'Sent from myMail for iOS'),
    ('Maria Keller', 'Sent from Boxer'),
    ('Maria Keller', 'Sent from Workspace ONE Boxer'),
    ('Maria Keller', 'Sent from Zoho Mail for iOS'),
    ('Maria Keller', 'Sent with Spark'),
    ('Maria Keller', 'Sent from my OnePlus 12 using FairEmail'),
    ('Maria Keller', 'Gesendet mit Spark'),
    ('Maria Keller', 'Enviado con Airmail'),
    ('Maria Keller', 'Envoyé avec l’application Mail Orange'),
    ('Maria Keller', 'Inviato da Libero Mail per Android'),
    ('Maria Keller', 'Отправлено из мобильной Яндекс Почты'),
    ('Maria Keller', 'Отправлено из Почты Mail'),
    ('Maria Keller', 'Dapatkan Outlook untuk iOS'),
    ('Maria Keller', '发自我的小米手机'),
    ('Maria Keller', 'Odesláno z aplikace Pošta pro Windows'),
    ('Maria Keller', 'Wysłano z programu Poczta dla systemu Windows'),
    ('Maria Keller', 'Enviado desde Correo para Windows'),
    ('Maria Keller', 'Envoyé à partir de Courrier pour Windows'),
    ('Maria Keller', 'Verzonden vanuit Mail voor Windows'),
    ('Maria Keller', 'Skickades från E-post för Windows'),
    ('Maria Keller', 'Windows için Posta ile gönderildi'),
    ('Maria Keller', 'Windows 版のメールから送信'),
    ('Maria Keller', 'Sent from Mail.ru app for Android'),
    ('Maria Keller', 'Sent from Front'), ('Maria Keller', 'Sent from Missive'),
    ('Maria Keller', 'Sent via Shortwave'), ('Maria Keller', 'Sent from HEY'),
    ('Maria Keller',
     'This e-mail (including any attachments) is confidential and may be '
     'privileged. If you have received it by mistake please notify the '
     'sender by return e-mail and delete this message from your system.'),
    ('Maria Keller',
     'IMPORTANT: The contents of this email and any attachments are '
     'confidential. They are intended for the named recipient(s) only.'),
    ('Maria Keller',
     'The information transmitted is intended only for the person or entity '
     'to which it is addressed and may contain confidential material.'),
    ('Maria Keller',
     'This communication contains information which is confidential and may '
     'also be privileged. It is for the exclusive use of the addressee.'),
    ('Maria Keller',
     'NOTICE: This message, including all attachments, is intended for the '
     'use of the individual or entity named above and may contain '
     'confidential information.'),
    ('Maria Keller',
     'Privileged/Confidential information may be contained in this message. '
     'If you are not the addressee indicated in this message, you may not '
     'copy or deliver this message to anyone.'),
    ('Maria Keller',
     'Any views or opinions presented in this email are solely those of the '
     'author and do not necessarily represent those of the company. '
     'Employees are not liable; the recipient should check this email for '
     'viruses.'),
    ('Maria Keller',
     'Diese Nachricht ist nur für den vorgesehenen Empfänger bestimmt und '
     'kann vertrauliche Informationen enthalten.'),
    ('Maria Keller',
     'Hinweis: Diese E-Mail ist vertraulich und nur für den Adressaten '
     'bestimmt.'),
    ('Maria Keller',
     'Aus Rechts- und Sicherheitsgründen ist die in dieser E-Mail gegebene '
     'Information nicht rechtsverbindlich. Diese E-Mail ist ausschließlich '
     'für den Adressaten bestimmt und vertraulich.'),
    ('Maria Keller',
     'Le contenu de ce courriel est confidentiel et destiné exclusivement à '
     'son destinataire.'),
    ('Maria Keller',
     'Ce message électronique contient des informations confidentielles '
     'réservées au destinataire.'),
    ('Maria Keller',
     'AVISO LEGAL: Este mensaje contiene información confidencial destinada '
     'exclusivamente a su destinatario.'),
    ('Maria Keller',
     'Este correo electrónico es confidencial. Si no es el destinatario, '
     'elimínelo.'),
    ('Maria Keller',
     'AVISO: Esta mensagem, incluindo anexos, é confidencial e destinada '
     'apenas ao destinatário.'),
    ('Maria Keller',
     'Avviso di riservatezza: questo messaggio è destinato esclusivamente al '
     'destinatario ed è confidenziale.'),
    ('Maria Keller',
     'Ai sensi del Regolamento UE 2016/679 si precisa che le informazioni '
     'contenute in questo messaggio sono riservate e ad uso esclusivo del '
     'destinatario.'),
    ('Maria Keller',
     'Dit e-mailbericht is uitsluitend bestemd voor de geadresseerde en kan '
     'vertrouwelijke informatie bevatten.'),
    ('Maria Keller',
     'Niniejsza wiadomość jest poufna i przeznaczona wyłącznie dla adresata.'),
    ('Maria Keller',
     'Настоящее сообщение и любые вложения являются конфиденциальными и '
     'предназначены только для адресата.'),
    ('Maria Keller',
     'Este e-mail pode conter informações confidenciais. Se você não é o '
     'destinatário, apague-o.'),
    ('Maria Keller', 'Talk soon,\nMaria'),
    ('Maria Keller', 'Bis später\nMaria'),
    ('Maria Keller', 'Met vr. gr.,\nMaria Keller'),
    ('Maria Keller', 'مع أطيب التحيات،\nMaria Keller'),
    ('Maria Keller', 'Přeji hezký den\n\nMaria Keller'),
    ('Maria Keller', 'Virus-free.www.avast.com<https://www.avast.com/sig>'),
    ('Maria Keller', '---\nThis email is free from viruses and malware because '
     'the protection is active.\nhttps://scanner.example'),
    ('Maria Keller', 'Scanned by McAfee Email Protection'),
    ('Maria Keller', 'Esta mensagem foi verificada pelo sistema de antivírus '
     'e acredita-se estar livre de perigo.'),
    ('Maria Keller', 'L’absence de virus dans ce courrier électronique a été '
     'vérifiée par le logiciel Avast.\nhttps://www.avast.com'),
    ('Maria Keller', '---\nTo unsubscribe from this list: send the line '
     '"unsubscribe noc" in\nthe body of a message to '
     'majordomo@lists.example'),
    ('Maria Keller', 'You are receiving this because you are subscribed to '
     'noc.\nUnsubscribe: https://lists.example/u/1'),
    ('Maria Keller', '-=-=-=-=-=-=-=-=-=-\nGroups.io Links: You receive all '
     'messages sent to this group.\nView: https://groups.example/1'),
    ('Maria Keller', 'Disclaimer\n\nThe information contained in this mail is '
     'confidential. It is intended solely for the recipient.'),
    ('Jose Perez', 'José Pérez\nOperaciones'), ('Jens Mueller', 'Müller'),
    ('Oystein Berg', 'Øystein\nDrift'), ('Lukasz Nowak', 'Łukasz'),
    ('José Pérez', 'Jose'), ('Maria Keller', 'Maria Keller +41 44 123 45 67'),
    ('Maria Keller', 'Our privacy notice: https://example.net/privacy'),
    ('Maria Keller', 'Save a tree. Don’t print this e-mail.'),
]

# What gateways put on top.
BANNERS = [
    '[EXTERNAL]', '[EXT]', '[EXTERNAL EMAIL]', '**External Email**',
    'EXTERNAL EMAIL - Use caution',
    'CAUTION: This email originated from outside of the organization. Do not '
    'click links or open attachments unless you recognize the sender and '
    'know the content is safe.',
    'CAUTION: EXTERNAL EMAIL. Do not click links or open attachments unless '
    'you recognise the sender.',
    'This email originated from outside the organization.',
    'WARNING: This message originated outside of Example. Be careful.',
    '⚠ External sender: be careful with links', '⚠️ EXTERNAL EMAIL ⚠️',
    '*** EXTERNAL EMAIL ***',
    '*** This is an EXTERNAL email. Exercise caution. DO NOT open '
    'attachments or click links from unknown senders or unexpected email. ***',
    '----- External Email -----',
    "You don't often get email from desk@status.example. Learn why this is "
    'important<https://aka.ms/LearnAboutSenderIdentification>',
    "Some people who received this message don't often get email from "
    'desk@status.example. Learn why this is important',
    'ATTENTION: This email came from an external source. Do not open '
    'attachments or click on links from unknown senders.',
    'NOTICE: This email is from an external sender.', 'EXTERNAL SENDER',
    'External Message', '[ EXTERNAL ]', '<EXTERNAL>', '{EXTERNAL}',
    '(External)', 'ACHTUNG: Diese E-Mail stammt von einem externen Absender.',
    'Achtung: Externe E-Mail! Links und Anhänge nur öffnen, wenn Sie dem '
    'Absender vertrauen.',
    'Vorsicht: Diese E-Mail kommt von außerhalb der Organisation.',
    'Diese E-Mail stammt von außerhalb der Organisation.', 'Externer Absender',
    '[EXTERN]',
    'Sie erhalten nicht oft eine E-Mail von desk@status.example. Erfahren '
    'Sie, warum dies wichtig ist',
    "ATTENTION : Cet e-mail provient de l'extérieur de l'organisation.",
    'Courriel externe : soyez prudent.',
    'Vous n’obtenez pas souvent d’e-mail à partir de desk@status.example. '
    'Pourquoi c’est important',
    'PRECAUCIÓN: Este correo electrónico se originó fuera de la organización.',
    'ATENCIÓN: Este correo proviene de un remitente externo.',
    'No suele recibir correo electrónico de desk@status.example. Por qué es '
    'esto importante',
    'ATENÇÃO: E-mail externo. Não clique em links.',
    'CUIDADO: Este e-mail foi originado fora da organização.',
    'Você não costuma receber emails de desk@status.example. Saiba por que '
    'isso é importante',
    'ATTENZIONE: questa e-mail proviene da un mittente esterno.',
    'LET OP: Deze e-mail is afkomstig van buiten de organisatie.',
    'U ontvangt niet vaak e-mail van desk@status.example.',
    'VARNING: Detta mejl kommer från en extern avsändare.',
    'OBS: Denne e-mail er sendt fra en ekstern afsender.',
    'UWAGA: Ta wiadomość pochodzi spoza organizacji.',
    'ВНИМАНИЕ: Это письмо получено от внешнего отправителя.', 'Внешняя почта',
    'UPOZORNĚNÍ: Tento e-mail přišel z externího zdroje.', '【外部メール】', '[외부메일]',
    '【外部邮件】', '此邮件来自外部',
    'This Message Is From an External Sender\nThis message came from outside '
    'your organization.',
    'This message was sent from outside the company. Please do not click '
    'links or open attachments unless you recognise the source of this email '
    'and know the content is safe.',
    'CYBER SECURITY WARNING: This email is from an external source - be '
    'careful of attachments and links.',
    'Use caution with links and attachments: this email originated outside '
    'Example',
    'Be cautious: this email was sent from outside your organisation',
    'Think before you click: This email originated from outside our '
    'organisation.',
    'Security notice: this is an external email.',
    '**WARNING** This email originated from outside of the company.',
    '**Caution:** This is an external email, please take care when clicking '
    'links or opening attachments. When in doubt, contact your IT Department',
    "[This sender might be impersonating a domain that's associated with "
    'your organization. Learn why this could be a risk]',
    '[EXTERNAL EMAIL] DO NOT CLICK links or attachments unless you recognize '
    'the sender and know the content is safe.',
    'EXTERNAL: This email originated from outside of Example Corp. Do not '
    'click links.',
    '** This email originated from outside of the organization **',
    'This is an external email. Please be vigilant.',
    'CAUTION - EXTERNAL SENDER: verify before clicking links',
    '[CAUTION] External Sender', '[Extern] ', '[External Sender]',
    'External Mail', '### EXTERNAL ###', ' EXTERNAL EMAIL <<<',
    'ATTENTION! This message came from outside of our network. Use caution '
    'when clicking links.',
    'Warning! External email. Do not open attachments from people you do not '
    'know.',
    'This message originated from outside your organization\n'
    '________________________________\n',
    'Caution: This message is from an external sender. Verify the sender '
    'before opening attachments.',
    'WARNUNG: Diese E-Mail kam von außerhalb. Bitte keine Links anklicken.',
    '**ACHTUNG: EXTERNE E-MAIL** Diese E-Mail wurde von einem externen '
    'Absender geschickt.',
    'Diese Nachricht kommt von einem externen Absender. Seien Sie vorsichtig '
    'mit Links und Anhängen.',
    '*** EXTERNE MAIL ***',
    'Ce courriel provient de l’extérieur de l’organisation. Ne cliquez pas '
    'sur les liens.',
    'AVERTISSEMENT : message externe',
    'Correo externo. No haga clic en enlaces.',
    'Este mensaje proviene de un remitente externo a la organización.',
    'Mensagem externa. Não clique em links.', '[EXT] ',
    'Messaggio proveniente dall’esterno',
    'Dit is een externe e-mail. Klik niet op links.', 'OBS! Externt mejl',
    '⚠ Ekstern e-post',
]

# Nothing of these may get lost.
OWN_WORDS = [
    'External monitoring sees it too.\n\nWe look into it.',
    'External monitoring sees it too.',
    'External DNS is down for cluster B.\n\nWe look into it.',
    'External DNS is down for cluster B.',
    'Caution: node 3 must not be restarted before 16:00.\n\nWe look into it.',
    'Caution: node 3 must not be restarted before 16:00.',
    'Warning: disk on node 3 at 98 %.\n\nWe look into it.',
    'Warning: disk on node 3 at 98 %.',
    'Attention: the vendor wants root access.\n\nWe look into it.',
    'Attention: the vendor wants root access.',
    'Notice the load on node 4.\n\nWe look into it.',
    'Notice the load on node 4.',
    'This email cluster is slow since 14:05.\n\nWe look into it.',
    'This email cluster is slow since 14:05.',
    'Achtung: Knoten 3 nicht neu starten!\n\nWe look into it.',
    'Achtung: Knoten 3 nicht neu starten!',
    'Be careful with node 3.\n\nWe look into it.', 'Be careful with node 3.',
    'This message queue is stuck on mx3.\n\nWe look into it.',
    'This message queue is stuck on mx3.',
    'Externe DNS-Server antworten nicht.\n\nWe look into it.',
    'Externe DNS-Server antworten nicht.',
    'Attention : le noeud 3 est lent.\n\nWe look into it.',
    'Attention : le noeud 3 est lent.',
    'Let op: node 3 is traag.\n\nWe look into it.', 'Let op: node 3 is traag.',
    'Vorsicht: Knoten 3 ist heiß.\n\nWe look into it.',
    'Vorsicht: Knoten 3 ist heiß.',
    'Uwaga: węzeł 3 nie działa.\n\nWe look into it.',
    'Uwaga: węzeł 3 nie działa.',
    'Внимание: узел 3 не отвечает.\n\nWe look into it.',
    'Внимание: узел 3 не отвечает.',
    '[EXT3] volume is full.\n\nWe look into it.', '[EXT3] volume is full.',
    'This sender queue on mx3 is stuck.\n\nWe look into it.',
    'This sender queue on mx3 is stuck.',
    'On Monday we wrote:\nthe switch will be replaced. It was not.',
    'Timeline:\nOn Monday 2 March 2026 at 14:05 we wrote to the vendor:\nno '
    'answer so far.',
    'From: 10.0.0.1\nTo: 10.0.0.2\nPackets are lost between these.',
    'Path is broken.\n\nFrom: tor1-core2\nTo: ams1-core1\nLoss: 40 %',
    'From: 14:05\nTo: 15:10\nimap was down',
    'Date: 2026-03-04\nStart: 14:05\nimap is down',
    'See:\n\n$ ping -c1 mx3\n1 packets transmitted, 0 received\n\nStill dead.',
    'mysql> show slave status;\nLag 400\nmysql> quit\nso we wait.',
    'node3> reboot\nnode3> uptime\nDone.',
    'Two things:\n\n---\n\nfirst the disk\n\n---\n\nsecond the switch',
    'Nodes\n-----\nn1 ok\nn2 down\n\nWe go on.',
    '-- restart n1\n-- restart n2\nthen wait',
    'Regards the second node: it is up.\nBest is to wait.',
    'With regards to node 2:\nit is up.\n\nWe go on.',
    'Which switch is best?\n\nBest\nis the one in rack 4, we move there.',
    'Thanks for the reminder, node 2 is up.', 'Node 2 is up. Thanks', 'thanks',
    'Node 2 is up.\nThanks',
    'node   state   since\n----   -----   -----\nn1     up      14:05\nn2    '
    ' down    14:06',
    '| node | state |\n|------|-------|\n| n1   | up    |\n| n2   | down  |',
    'Down are:\n\nMail Cluster B\nWeb Cluster C\nDNS Toronto',
    'Affected hosts:\nmx1.example.net\nmx2.example.net\nmx3.example.net',
    'Please call these:\n\nHans Muster\n+49 30 1234567\n+49 170 1234567',
    'Graphs are here:\nhttps://graph.example.net/d/1\n'
    'https://graph.example.net/d/2',
    'mx3 says\nMar  4 14:05:01 mx3 postfix/smtp[42]: to=<a@b.example>, '
    'relay=none, status=deferred\nwhich is new.',
    'The key is fine:\n-----BEGIN CERTIFICATE-----\nMIIB\n-----END '
    'CERTIFICATE-----\nand valid to 2027.',
    'Alerts sent from mx3 are late.\nSent from mx4 they are not.',
    'Sent via the second relay they arrive.',
    'Get outlook from the vendor about delivery of the disk.',
    'Gesendet wurde seit 14:05 nichts mehr.',
    'This email is confidential in part: the vendor name must stay '
    'internal.\n\nNode 2 is up.',
    'This message queue on mx3 is full of mail for one recipient.',
    'Maria must call the vendor.',
    'On Wed 4 Mar 2026 14:05 the disk failed: vendor was called',
    'The vendor wrote: replace it',
    'At 14:05 hans@vendor.example wrote: replace the disk. We do.',
    'Am 04.03.2026 um 14:05 schrieb der Controller Fehler: Platte getauscht.',
    'Le serveur a écrit : disque plein',
    'Sent: 400 mails\nQueued: 2000\nBounced: 3',
    'Subject: must be changed in the notice\nDate: also',
    'We did:\n1) restart\n2) wait\n3) check\n\nBest so far.',
    '1\n2\n3 nodes up', 'Bridge: +49 30 1234567, PIN 4711',
    'Bridge is open.\n\n+49 30 1234567\nPIN 4711#',
    'Bridge is open.\n\nDial +49 30 1234567\nPIN 4711',
    'Vendor:\n\nwe are waiting', 'Best regards to the vendor, they fixed it.',
    'Cheers for the help.\nNode 2 is up now and takes load.',
    'Forwarded message queue is empty now.',
    'Original message was lost on mx3.\nWe look for it.',
    '____\nabove is what the vendor drew', 'user_name_field____ is empty',
    'yes but change the title', 'Yes?', 'Juan restarted it\n\nJuan',
    '-> restarted n1\n-> restarted n2\n=> all up',
    'Att: vendor must come\nNode 2 is down',
    'Node 2 is up\n\nBG\nis the second site, it is down',
    'De: node 3\nA: node 4\nmoved the mailboxes',
    'External mail is delayed by two hours.',
    'External e-mail to gmail.com bounces.',
    'Message queue external to the cluster is full.',
    'Notice: the sender address rewriting is broken for external mail.',
    'Warning: mail from outside is deferred, we see 4xx from the MX.',
    'Attention: outside the maintenance window nobody may reboot.',
    'Important: recipients of the mail list got it twice.',
    'Caution: mail queue outside limits on mx3.',
    'This email cluster is confidential to the recipient team.',
    'Thanks to the vendor the disk is here.',
    'Merci de redémarrer le noeud 3.',
    'Danke für den Hinweis, wir prüfen das.',
    'Best would be to wait.\nMaria said so.', 'Yours is the second node.',
    'Att: all nodes are up', 'All the best nodes are full',
    'Greetings page of webmail is down.', 'Bye bye node 3, it burned.',
    'Cheers went up when node 3 came back.', 'Outlook for iOS cannot log in.',
    'Outlook for Android fails as well',
    'Get Outlook users to use webmail until 16:00.',
    'Sent from mx3: 400, from mx4: 0.',
    'Sent by the vendor: a new disk, arrives 16:00.',
    'Sent mail folder is empty for cluster B', 'Sent items missing',
    'Gesendet von mx3 kommt an, von mx4 nicht, wir suchen weiter nach der '
    'Ursache.',
    'Enviado do servidor mx3 chega, do mx4 não chega.',
    'Inviato da mx3 arriva, da mx4 no.', 'Android mail app fails',
    'Web, mail, blog are down',
    'Facebook, Twitter and Instagram cannot be reached from Toronto.',
    'Website | Webmail\nboth down', 'node1 | node2\nup | down',
    'Call me: +49 30 1234567',
    'Vendor ticket:\nHans Muster\nhans@vendor.example\n+49 30 765432',
    'Ticket 4711 at https://vendor.example/4711',
    'mx3.example.net\nmx4.example.net',
    'Registered in the registry since 2004, still no DNS.',
    'VAT: 19 invoices are wrong since 14:05',
    'Amtsgericht hat Zugriff 3 mal versucht',
    'Nameservers:\nns1.example.net 192.0.2.1\nns2.example.net 192.0.2.2',
    'Steps:\n1. drain\n2. reboot\n3. check', 'a) n1 up\nb) n2 down',
    '- n1 up\n- n2 down', '* n1 up\n* n2 down', '# n1 up',
    'Quoting the vendor: "reboot needed".', 'Zitat von Hans: alles gut.',
    'They wrote:\nreboot needed.\nWe do it.',
    'Hans wrote: reboot.\nWe do it at 16:00.',
    'From the vendor: reboot needed\nTo do: reboot at 16:00\nSubject to '
    'approval',
    'Date: today\nFrom: Hans\nneed to reboot', 'De: Hans\nPara: NOC\nReboot',
    'no: n1\nto: n2\nmoved', 'Result\n======\nall up',
    '____ is not set in the config', 'n1 up\n\n...\n\nn2 up',
    'SD> show version\nit hangs', 'root@mx3:~# uptime\n 14:05:01 up 3 days',
    'PS: node 3 too', 'Maria Keller is on call now',
    'Maria:\nplease call the vendor', 'Keller Maria wrote the patch',
    'Regarding node 3:\nit is up', 'Hi\n\nnode 3 is up',
    'Node 3 is up\n\nRegards\n\nPS: node 4 too',
    'Disk full.\n\nBest\n\nThe vendor comes at 16:00 and brings two disks.',
    'Mail says: confidential data was sent to the wrong recipient, we delete '
    'it now.',
    'This message was printed by mx3: "queue full"',
    'Please delete this mail queue: confidential mails of one recipient are '
    'in it.',
    'Line above is cut.', 'Node up --\nand stays up', '--\nnode 3 is up',
    'Up since 14:05\n--\n\nOther nodes: up\nStorage: up\nNetwork: up\nDNS: '
    'down\nWeb: down\nMail: down\nBackup: down\nBilling: down\nAPI: down\n'
    'SSO: down\nVPN: down\nNTP: down\nProxy: down\nLB: down\nFW: up\nSW: up',
    'Sent from node 3 are about 400 mails per minute, so it works.',
    'Sent with the old template, please resend.\nThe new one is in git.',
    'Von meiner Seite aus ok.',
    'Numbers:\n\nTotal 1200\nDown 400\n\n--\n\nThe rest follows at 15:00, when '
    'the array has finished its rebuild.',
    'Virus scanner is off on node 2.\nMail there is not checked for viruses '
    'till 16:00.',
    'To unsubscribe all users of cluster B is not needed.',
    'You received this twice, sorry.\nThe second is right.',
    'To: all on call\nSubject: handover\nI take over from Bob until 20:00.',
    'SQL> select count(*) from queue;\nSQL> quit\n\nIt shrinks.',
    'No answer from the carrier.\n\nBis morgen',
    'Sent from mx2.', 'Vom Handy aus geht IMAP nicht.',
    'Enviado desde el servidor 2.', 'Outlook for Android fails too.',
    'Odesláno znovu ve 14:05.', 'Encrypted with the old key.',
    'Excuse typos in the first draft; the text is right now.',
    'Unsubscribe works again: https://example.net/u',
    'Virus-free since noon.', 'Confidential: no', 'Yahoo Mail: delayed.',
]

# A program, its mail as text, and what the writer meant.
CLIENTS = [
    ('yahoo',
     ' Restarted, watching it.\n    On Wednesday, March 4, 2026 at 02:05:00 '
     'PM UTC, Status Desk <desk@status.example> wrote:  \n \n  [INTERNAL] '
     'The lost quorum is an INTERNAL word.', 'Restarted, watching it.'),
    ('yahoo2',
     'Restarted, watching it.\n\nSent from Yahoo Mail on Android \n \n  On '
     'Wed, Mar 4, 2026 at 14:05, Status Desk<desk@status.example> wrote:   '
     'The lost quorum is an INTERNAL word.\n\n  ', 'Restarted, watching it.'),
    ('yahoo3',
     'Restarted, watching it.\n\nYahoo Mail: Search, Organize, Conquer \n \n '
     ' On Wed, Mar 4, 2026 at 14:05, Status Desk<desk@status.example> wrote: '
     '  The lost quorum is an INTERNAL word.', 'Restarted, watching it.'),
    ('gmx',
     'Restarted.\n \n\nGesendet: Mittwoch, 04. März 2026 um 14:05 Uhr\nVon: '
     '"Status Desk" <desk@status.example>\nAn: maria.keller@example.net\n'
     'Betreff: [INC-2026-0042] imap\n\nHello,\nThe lost quorum is an '
     'INTERNAL word.', 'Restarted.'),
    ('webde-app',
     'Restarted.\n-- \nDiese Nachricht wurde von meinem Android Mobiltelefon '
     'mit WEB.DE Mail gesendet.\nAm 04.03.26, 14:05 schrieb Status Desk '
     '<desk@status.example>:\n> The lost quorum is an INTERNAL word.',
     'Restarted.'),
    ('webde2',
     'Restarted.\n\nAm 4. März 2026 14:05:33 MEZ schrieb Status Desk '
     '<desk@status.example>:\n>The lost quorum is an INTERNAL word.\n>\n\n-- '
     '\nDiese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.',
     'Restarted.'),
    ('k9',
     'Restarted.\n\nOn March 4, 2026 2:05:33 PM GMT+01:00, Status Desk '
     '<desk@status.example> wrote:\n>The lost quorum is an INTERNAL word.\n'
     '>\n>NOC\n-- \nSent from my Android device with K-9 Mail. Please excuse '
     'my brevity.', 'Restarted.'),
    ('k9b',
     'Restarted.\n-- \nSent from my Android device with K-9 Mail. Please '
     'excuse my brevity.\n\nOn March 4, 2026 2:05:33 PM GMT+01:00, Status '
     'Desk <desk@status.example> wrote:\n>The lost quorum is an INTERNAL '
     'word.\n>\n>NOC', 'Restarted.'),
    ('zoho',
     'Restarted.\n\n\n\n---- On Wed, 04 Mar 2026 14:05:00 +0100 Status Desk '
     '<desk@status.example> wrote ----\n\n\nThe lost quorum is an INTERNAL '
     'word.', 'Restarted.'),
    ('zoho2',
     'Restarted.\n\n\n\n---- On Wed, 04 Mar 2026 14:05:00 +0100 '
     'desk@status.example wrote ---\n\n> The lost quorum is an INTERNAL word.',
     'Restarted.'),
    ('proton',
     'Restarted.\n\nSent with [Proton Mail](https://proton.me/) secure '
     'email.\n\n------- Original Message -------\nOn Wednesday, March 4th, '
     '2026 at 2:05 PM, Status Desk <desk@status.example> wrote:\n\n> The '
     'lost quorum is an INTERNAL word.', 'Restarted.'),
    ('proton2',
     'Restarted.\n\n\n\n\nOn Wednesday, 4 March 2026 at 14:05, Status Desk '
     '<desk@status.example> wrote:\n\n> The lost quorum is an INTERNAL '
     'word.\n> ', 'Restarted.'),
    ('proton3',
     'Restarted.\n\nSent from Proton Mail for iOS\n\nOn Wed, Mar 4, 2026 at '
     '14:05, Status Desk <[desk@status.example](mailto:On Wed, Mar 4, 2026 '
     'at 14:05, Status Desk <<a href=)> wrote:\n\n> The lost quorum is an '
     'INTERNAL word.', 'Restarted.'),
    ('fastmail',
     'Restarted.\n\nOn Wed, 4 Mar 2026, at 2:05 PM, Status Desk wrote:\n> '
     'The lost quorum is an INTERNAL word.\n> \n> *Attachments:*\n>  * x.log',
     'Restarted.'),
    ('samsung',
     'Restarted.\n\n\n\nSent from my Galaxy\n\n\n-------- Original message '
     '--------\nFrom: Status Desk <desk@status.example>\nDate: 04/03/2026 '
     '14:05 (GMT+01:00)\nTo: maria.keller@example.net\nSubject: imap\n\nThe '
     'lost quorum is an INTERNAL word.', 'Restarted.'),
    ('samsung-de',
     'Restarted.\n\n\n\nVon meinem/meiner Galaxy gesendet\n\n\n-------- '
     'Ursprüngliche Nachricht --------\nVon: Status Desk '
     '<desk@status.example>\nDatum: 04.03.26 14:05 (GMT+01:00)\nAn: '
     'maria.keller@example.net\nBetreff: imap\n\nThe lost quorum is an '
     'INTERNAL word.', 'Restarted.'),
    ('samsung-fr',
     'Restarted.\n\nEnvoyé depuis mon appareil Galaxy\n\n\n-------- Message '
     'd’origine --------\nDe : Status Desk <desk@status.example>\nDate : '
     '04/03/2026 14:05 (GMT+01:00)\nÀ : maria\nObjet : imap\n\nThe lost '
     'quorum is an INTERNAL word.', 'Restarted.'),
    ('blackberry',
     'Restarted.\nSent from my BlackBerry 10 smartphone.\n  Original Message '
     ' \nFrom: Status Desk\nSent: Wednesday, March 4, 2026 2:05 PM\nTo: '
     'Maria Keller\nSubject: imap\n\nThe lost quorum is an INTERNAL word.',
     'Restarted.'),
    ('bb2',
     'Restarted.\n\nSent via BlackBerry from T-Mobile\n\n-----Original '
     'Message-----\nFrom: Status Desk\nDate: Wed, 4 Mar 2026 14:05:00 \nTo: '
     'Maria\nSubject: imap\n\nThe lost quorum is an INTERNAL word.',
     'Restarted.'),
    ('notes',
     'Restarted.\n\nMaria\n\n\n\n\nFrom:\tStatus Desk <desk@status.example>\n'
     'To:\tMaria Keller/NOC/Example@Example\nDate:\t04/03/2026 14:05\n'
     'Subject:\t[INC-2026-0042] imap\n\n\n\nThe lost quorum is an INTERNAL '
     'word.', 'Restarted.'),
    ('notes-de',
     'Restarted.\n\n\n\n\nVon:        Status Desk <desk@status.example>\nAn: '
     '       Maria Keller/NOC/Example@Example, \nKopie:        '
     'noc@example.net\nDatum:        04.03.2026 14:05\nBetreff:        '
     '[INC-2026-0042] imap\n\n\n\nThe lost quorum is an INTERNAL word.',
     'Restarted.'),
    ('mutt',
     'Restarted.\n\nOn Wed, Mar 04, 2026 at 02:05:00PM +0100, Status Desk '
     'wrote:\n> [INTERNAL] Hello,\n>\n> The lost quorum is an INTERNAL '
     'word.\n>\n> --\n> Status Desk', 'Restarted.'),
    ('mutt-below',
     'On Wed, Mar 04, 2026 at 02:05:00PM +0100, Status Desk wrote:\n> The '
     'lost quorum is an INTERNAL word.\n> Shall we restart?\n\nRestarted.\n\n'
     '-- \nMaria Keller\nNOC', 'Restarted.'),
    ('mutt-date',
     '* Status Desk <desk@status.example> [2026-03-04 14:05]:\n> The lost '
     'quorum is an INTERNAL word.\n\nRestarted.', 'Restarted.'),
    ('gnus',
     'Status Desk <desk@status.example> writes:\n\n> The lost quorum is an '
     'INTERNAL word.\n> Shall we restart?\n\nRestarted.\n\n-- \nMaria',
     'Restarted.'),
    ('gnus-sc',
     '>>>>> "Status" == Status Desk <desk@status.example> writes:\n\n    '
     'Status> The lost quorum is an INTERNAL word.\n    Status> Shall we '
     'restart?\n\nRestarted.', 'Restarted.'),
    ('sc2',
     'Status Desk wrote:\n\nSD> The lost quorum is an INTERNAL word.\nSD> '
     'Shall we restart?\n\nRestarted.', 'Restarted.'),
    ('bat',
     'Hello Status,\n\nWednesday, March 4, 2026, 2:05:00 PM, you wrote:\n\n'
     'SD> The lost quorum is an INTERNAL word.\nSD> Shall we restart?\n\n'
     'Restarted.\n\n-- \nBest regards,\n Maria                            '
     'mailto:maria.keller@example.net', 'Hello Status,\n\nRestarted.'),
    ('mailspring',
     'Restarted.\n\nOn Mar 4 2026, at 2:05 pm, Status Desk '
     '<desk@status.example> wrote:\n> The lost quorum is an INTERNAL word.',
     'Restarted.'),
    ('mailspring2',
     'Restarted.\n\nSent from Mailspring (https://getmailspring.com/), the '
     'best free email app for work\n\nOn Mar 4 2026, at 2:05 pm, Status Desk '
     '<desk@status.example> wrote:\n> The lost quorum is an INTERNAL word.',
     'Restarted.'),
    ('spark',
     'Restarted.\nOn 4 Mar 2026, 14:05 +0100, Status Desk '
     '<desk@status.example>, wrote:\n> The lost quorum is an INTERNAL word.',
     'Restarted.'),
    ('spark-de',
     'Restarted.\nAm 4. März 2026, 14:05 +0100 schrieb Status Desk '
     '<desk@status.example>:\n> The lost quorum is an INTERNAL word.',
     'Restarted.'),
    ('superhuman',
     'Restarted.\n\nSent via Superhuman ( '
     'https://sprh.mn/?vip=maria@example.net )\n\nOn Wed, Mar 04, 2026 at '
     '2:05 PM, Status Desk < desk@status.example > wrote:\n\n> \n> The lost '
     'quorum is an INTERNAL word.\n>', 'Restarted.'),
    ('front',
     'Restarted.\n\nOn March 4, 2026 at 2:05 PM GMT+1 desk@status.example '
     '(mailto:desk@status.example) wrote:\n\nThe lost quorum is an INTERNAL '
     'word.', 'Restarted.'),
    ('front2',
     'Restarted.\n\n>On Wed, Mar 4, 2026 at 2:05 PM, "Status Desk" '
     '<desk@status.example> wrote:\n> The lost quorum is an INTERNAL word.',
     'Restarted.'),
    ('hey',
     'Restarted.\n\nOn March 4, 2026, Status Desk <desk@status.example> '
     'wrote:\n> The lost quorum is an INTERNAL word.', 'Restarted.'),
    ('zendesk',
     'Restarted.\n\n##- Please type your reply above this line -##\n\nYour '
     'request (4711) has been updated.\nThe lost quorum is an INTERNAL word.',
     'Restarted.'),
    ('zendesk2',
     'Restarted.\n\n--- Please write reply above this line ---\n\nThe lost '
     'quorum is an INTERNAL word.', 'Restarted.'),
    ('jira',
     'Restarted.\n\n—-—-—-—\nReply above this line.\n\nThe lost quorum is an '
     'INTERNAL word.', 'Restarted.'),
    ('freshdesk',
     'Restarted.\n\nOn Wed, 4 Mar at 2:05 PM , Status Desk '
     '<desk@status.example> wrote:\nThe lost quorum is an INTERNAL word.',
     'Restarted.'),
    ('ours',
     'Yes, restart.\n\nOn Wed, Mar 4, 2026 at 2:05 PM Status Desk '
     '<desk@status.example> wrote:\n> ##- Please write above this line -##\n'
     '> The lost quorum is an INTERNAL word.', 'Yes, restart.'),
    ('ours-bare',
     'Yes, restart.\n\n##- Please write above this line -##\nThe lost quorum '
     'is an INTERNAL word.', 'Yes, restart.'),
    ('roundcube',
     'Restarted.\n\nOn 2026-03-04 14:05, Status Desk wrote:\n> The lost '
     'quorum is an INTERNAL word.', 'Restarted.'),
    ('roundcube-below',
     'Am 2026-03-04 14:05, schrieb Status Desk:\n> The lost quorum is an '
     'INTERNAL word.\n\nRestarted.', 'Restarted.'),
    ('squirrel',
     'Restarted.\n\n> The lost quorum is an INTERNAL word.\n> Shall we?',
     'Restarted.'),
    ('horde',
     'Restarted.\n\n\nZitat von Status Desk <desk@status.example>:\n\n> The '
     'lost quorum is an INTERNAL word.', 'Restarted.'),
    ('horde-en',
     'Restarted.\n\nQuoting Status Desk <desk@status.example>:\n\n> The lost '
     'quorum is an INTERNAL word.', 'Restarted.'),
    ('horde-fr',
     'Restarted.\n\nStatus Desk <desk@status.example> a écrit\xa0:\n\n> The '
     'lost quorum is an INTERNAL word.', 'Restarted.'),
    ('evolution',
     'Restarted.\n\nOn Wed, 2026-03-04 at 14:05 +0100, Status Desk wrote:\n> '
     'The lost quorum is an INTERNAL word.', 'Restarted.'),
    ('kmail',
     'On Wednesday, 4 March 2026 14:05:00 CET Status Desk wrote:\n> The lost '
     'quorum is an INTERNAL word.\n\nRestarted.', 'Restarted.'),
    ('claws',
     'On Wed, 4 Mar 2026 14:05:00 +0100\nStatus Desk <desk@status.example> '
     'wrote:\n\n> The lost quorum is an INTERNAL word.\n\nRestarted.',
     'Restarted.'),
    ('tb',
     'On 04/03/2026 14:05, Status Desk wrote:\n> The lost quorum is an '
     'INTERNAL word.\nRestarted.', 'Restarted.'),
    ('tb-de',
     'Am 04.03.26 um 14:05 schrieb Status Desk:\n> The lost quorum is an '
     'INTERNAL word.\n\nRestarted.', 'Restarted.'),
    ('owa-divider',
     'Restarted.\n________________________________\nVon: Status Desk\n'
     'Gesendet: Mittwoch, 4. März 2026 14:05\n\nThe lost quorum is an '
     'INTERNAL word.', 'Restarted.'),
    ('exchange-de',
     'Restarted.\n\n-----Ursprüngliche Nachricht-----\nVon: Status Desk '
     '[mailto:desk@status.example] \nGesendet: Mittwoch, 4. März 2026 14:05\n'
     'An: Maria\nBetreff: imap\n\nThe lost quorum is an INTERNAL word.',
     'Restarted.'),
    ('newoutlook-date',
     'Restarted.\n\nFrom: Status Desk <desk@status.example>\nDate: '
     'Wednesday, 4 March 2026 at 14:05\nTo: Maria Keller '
     '<maria.keller@example.net>\nSubject: imap\nThe lost quorum is an '
     'INTERNAL word.', 'Restarted.'),
    ('ews-inlineml',
     'Restarted.\n\nFrom: Status Desk [mailto:desk@status.example]\nSent: 04 '
     'March 2026 14:05\nTo: Maria; NOC\nCc: x@example.net\nSubject: imap\n'
     'Importance: High\n\nThe lost quorum is an INTERNAL word.',
     'Restarted.'),
    ('tutanota',
     'Restarted.\n\n4. März 2026, 14:05 von desk@status.example:\n\n> The '
     'lost quorum is an INTERNAL word.', 'Restarted.'),
    ('tutanota-en',
     'Restarted.\n\n4 Mar 2026, 14:05 by desk@status.example:\n\n> The lost '
     'quorum is an INTERNAL word.', 'Restarted.'),
    ('mailru',
     'Restarted.\n\n--\nОтправлено из Mail.ru для Android\nсреда, 4 марта '
     '2026 г., 14:05 +03:00 от Status Desk <desk@status.example>:\n\n>The '
     'lost quorum is an INTERNAL word.', 'Restarted.'),
    ('mailru2',
     'Restarted.\n \n>Среда, 4 марта 2026, 14:05 +03:00 от Status Desk '
     '<desk@status.example>:\n> \n>The lost quorum is an INTERNAL word.',
     'Restarted.'),
    ('yandex',
     'Restarted.\n\n04.03.2026, 14:05, "Status Desk" <desk@status.example>:\n'
     '> The lost quorum is an INTERNAL word.', 'Restarted.'),
    ('qq',
     '好的，已重启。\n\n\n\n\n------------------&nbsp;原始邮件&nbsp;------------------\n'
     '发件人: "Status Desk" <desk@status.example>;\n发送时间: 2026年3月4日(星期三) '
     '下午2:05\n收件人: "maria"<maria.keller@example.net>;\n主题: imap\n\nThe lost '
     'quorum is an INTERNAL word.', '好的，已重启。'),
    ('163',
     '已重启。\n\n\n\n\n\n\n\nAt 2026-03-04 14:05:00, "Status Desk" '
     '<desk@status.example> wrote:\n>The lost quorum is an INTERNAL word.',
     '已重启。'),
    ('163-zh',
     '已重启。\n\n\n\n在 2026-03-04 14:05:00，"Status Desk" <desk@status.example> '
     '写道：\nThe lost quorum is an INTERNAL word.', '已重启。'),
    ('naver',
     '재시작했습니다.\n\n-----Original Message-----\nFrom: "Status '
     'Desk"<desk@status.example>\nTo: "maria"<m@example.net>;\nCc:\nSent: '
     '2026-03-04 (수) 14:05:00 (GMT+09:00)\nSubject: imap\n\nThe lost quorum '
     'is an INTERNAL word.', '재시작했습니다.'),
    ('becky',
     'On Wed, 4 Mar 2026 14:05:00 +0900\nStatus Desk <desk@status.example> '
     'wrote:\n\n> The lost quorum is an INTERNAL word.\n\n再起動しました。',
     '再起動しました。'),
    ('kmail-wrapped',
     'Restarted.\n\nOn Wednesday, 4 March 2026 14:05:00 Central European '
     'Standard\nTime The Status Desk of Example Hosting and Domain Services\n'
     '<desk@status.example> wrote:\n\n> The lost quorum is an INTERNAL word.',
     'Restarted.'),
    ('groupwise',
     'Restarted.\n\n>>> Status Desk <desk@status.example> 04.03.2026 14:05 '
     '>>>\nThe lost quorum is an INTERNAL word.', 'Restarted.'),
    ('groupwise2',
     'Restarted.\n\n>>> On 3/4/2026 at 2:05 PM, in message\n<ABC@x.example>, '
     'Status Desk <desk@status.example>\nwrote:\nThe lost quorum is an '
     'INTERNAL word.', 'Restarted.'),
    ('sogo',
     'Restarted.\n\nOn Wednesday, March 04, 2026 14:05 CET, Status Desk '
     '<desk@status.example> wrote:\n  > The lost quorum is an INTERNAL word.',
     'Restarted.'),
    ('zimbra',
     'Restarted.\n\n----- Original Message -----\nFrom: "Status Desk" '
     '<desk@status.example>\nTo: "maria" <m@example.net>\nSent: Wednesday, '
     'March 4, 2026 2:05:00 PM\nSubject: imap\n\nThe lost quorum is an '
     'INTERNAL word.', 'Restarted.'),
    ('zimbra-de',
     'Restarted.\n\n----- Am 4. Mrz 2026 um 14:05 schrieb Status Desk '
     'desk@status.example:\n\n> The lost quorum is an INTERNAL word.',
     'Restarted.'),
    ('zimbra-en',
     'Restarted.\n\n----- On Mar 4, 2026, at 2:05 PM, Status Desk '
     'desk@status.example wrote:\n\n> The lost quorum is an INTERNAL word.',
     'Restarted.'),
    ('nine',
     'Restarted.\n\nSent from Nine<http://www.9folders.com/>\n'
     '________________________________\nFrom: Status Desk '
     '<desk@status.example>\nSent: Wednesday, 4 March 2026 14:05\nTo: maria\n'
     'Subject: imap\n\nThe lost quorum is an INTERNAL word.', 'Restarted.'),
    ('bluemail',
     'Restarted.\n\nGet BlueMail for Android\n\nOn Mar 4, 2026, at 2:05 PM, '
     'Status Desk <desk@status.example> wrote:\n>The lost quorum is an '
     'INTERNAL word.', 'Restarted.'),
    ('aquamail',
     'Restarted.\n\nSent with Aqua Mail for Android\n'
     'https://www.aqua-mail.com\n\n\nOn March 4, 2026 14:05:00 Status Desk '
     '<desk@status.example> wrote:\n\n> The lost quorum is an INTERNAL word.',
     'Restarted.'),
    ('fairmail',
     'Restarted.\n\n4 Mar 2026 14:05:00 Status Desk <desk@status.example>:\n'
     '\n> The lost quorum is an INTERNAL word.', 'Restarted.'),
    ('canary',
     'Restarted.\n\nSent with Canary\n\n> On Wednesday, Mar 04, 2026 at 2:05 '
     'PM, Status Desk <desk@status.example (mailto:desk@status.example)> '
     'wrote:\n> The lost quorum is an INTERNAL word.', 'Restarted.'),
    ('airmail',
     'Restarted.\n\n-- \nMaria\nSent with Airmail\n\nOn 4 March 2026 at '
     '14:05:00, Status Desk (desk@status.example) wrote:\n\nThe lost quorum '
     'is an INTERNAL word.', 'Restarted.'),
    ('edison',
     'Restarted.\n\nSent from Edison Mail for iOS\n\nOn 4 Mar 2026 at 14:05, '
     '<Status Desk> wrote:\n\nThe lost quorum is an INTERNAL word.',
     'Restarted.'),
    ('newton',
     'Restarted.\n\nSent using CloudMagic Email\nOn Wed, Mar 4, 2026 at 2:05 '
     'PM, Status Desk <desk@status.example> wrote:\nThe lost quorum is an '
     'INTERNAL word.', 'Restarted.'),
    ('1',
     'On Wed, Mar 4, 2026 at 2:05 PM Status Desk <desk@status.example> '
     'wrote:\n> Is node 2 up?\n\nYes, since 14:05.\n\n> Is node 3 up?\n\n'
     'No.\n\n> The lost quorum is an INTERNAL word.',
     'Yes, since 14:05.\n\nNo.'),
    ('2',
     'See below.\n\nOn Wed, Mar 4, 2026 at 2:05 PM Status Desk '
     '<desk@status.example> wrote:\n> Is node 2 up?\nYes, since 14:05.\n> Is '
     'node 3 up?\nNo.\n\n-- \nMaria', 'See below.\n\nYes, since 14:05.\nNo.'),
    ('attr-sig',
     'On Wed, Mar 4, 2026 at 2:05 PM Status Desk <desk@status.example> '
     'wrote:\n> Is node 2 up? INTERNALQ\n\nYes\n\nMit freundlichen Grüßen\n'
     'Maria Keller\nExample GmbH', 'Yes'),
    ('aol',
     'Done.\n\n\n-----Original Message-----\nFrom: Status Desk '
     '<desk@status.example>\nTo: maria <m@example.net>\nSent: Wed, Mar 4, '
     '2026 2:05 pm\nSubject: imap\n\nThe lost quorum is an INTERNAL word.',
     'Done.'),
    ('libero',
     'Done.\n\nIl 04/03/2026 14:05 CET Status Desk <desk@status.example> ha '
     'scritto:\n\n\nThe lost quorum is an INTERNAL word.', 'Done.'),
    ('ox',
     'Done.\n\n> Status Desk <desk@status.example> hat am 04.03.2026 14:05 '
     'CET geschrieben:\n> \n>  \n> The lost quorum is an INTERNAL word.',
     'Done.'),
    ('ox2',
     'Done.\n\nStatus Desk <desk@status.example> hat am 04.03.2026 14:05 CET '
     'geschrieben:\n\nThe lost quorum is an INTERNAL word.', 'Done.'),
    ('tonline',
     'Done.\n\n-----Original-Nachricht-----\nBetreff: imap\nDatum: '
     '2026-03-04T14:05:00+0100\nVon: "Status Desk" <desk@status.example>\n'
     'An: "maria" <m@example.net>\n\nThe lost quorum is an INTERNAL word.',
     'Done.'),
    ('orange',
     'Done.\n\n> Message du 04/03/26 14:05\n> De : "Status Desk" '
     '<desk@status.example>\n> A : m@example.net\n> Objet : imap\n>\n> The '
     'lost quorum is an INTERNAL word.', 'Done.'),
    ('seznam',
     'Done.\n\n---------- Původní e-mail ----------\nOd: Status Desk '
     '<desk@status.example>\nKomu: m@example.net\nDatum: 4. 3. 2026 '
     '14:05:00\nPředmět: imap\n\nThe lost quorum is an INTERNAL word.',
     'Done.'),
    ('wp',
     'Done.\n\nDnia 4 marca 2026 14:05 Status Desk <desk@status.example> '
     'napisał(a):\n\nThe lost quorum is an INTERNAL word.', 'Done.'),
    ('onet',
     'Done.\n\nW dniu 2026-03-04 14:05:33 użytkownik Status Desk '
     '<desk@status.example> napisał:\n> The lost quorum is an INTERNAL word.',
     'Done.'),
    ('freemail',
     'Done.\n\nStatus Desk <desk@status.example> írta (2026. március 4.):\n\n'
     '> The lost quorum is an INTERNAL word.', 'Done.'),
    ('icloud',
     'Done.\n\n> On Mar 4, 2026, at 2:05 PM, Status Desk '
     '<desk@status.example> wrote:\n>\n> The lost quorum is an INTERNAL word.',
     'Done.'),
    ('mimestream',
     'Done.\n\nOn Mar 4, 2026 at 2:05 PM -0500, Status Desk '
     '<desk@status.example>, wrote:\n> The lost quorum is an INTERNAL word.',
     'Done.'),
    ('shortwave',
     'Done.\n\nOn Wed Mar 4, 2026, 01:05 PM GMT, Status Desk '
     '<desk@status.example> wrote:\n\n> The lost quorum is an INTERNAL word.',
     'Done.'),
    ('rainloop',
     'Done.\n\nMarch 4, 2026 2:05 PM, "Status Desk" <desk@status.example> '
     'wrote:\n\n> The lost quorum is an INTERNAL word.', 'Done.'),
    ('rainloop2',
     'Done.\n\nMarch 4, 2026 2:05 PM, "Status Desk" <desk@status.example '
     '(mailto:"Status Desk" <desk@status.example>)> wrote:\n\nThe lost '
     'quorum is an INTERNAL word.', 'Done.'),
    ('snappy',
     'Done.\n\nMarch 4, 2026 at 2:05 PM, "Status Desk" <desk@status.example '
     'mailto:desk@status.example?to=%22Status%22 > wrote:\n\n> The lost '
     'quorum is an INTERNAL word.', 'Done.'),
    ('webmailer',
     'Done.\n\n---- Original Message ----\nFrom: desk@status.example\nTo: '
     'm@example.net\nSent: Wed, Mar 4, 2026, 2:05 PM\n\nThe lost quorum is '
     'an INTERNAL word.', 'Done.'),
    ('hushmail',
     'Done.\n\nOn 3/4/2026 at 2:05 PM, "Status Desk" <desk@status.example> '
     'wrote:The lost quorum is an INTERNAL word.', 'Done.'),
    ('rediff',
     'Done.\n\nFrom: Status Desk &lt;desk@status.example&gt;\nSent: Wed, 04 '
     'Mar 2026 14:05:00\nTo: m@example.net\nSubject: imap\n\nThe lost quorum '
     'is an INTERNAL word.', 'Done.'),
    ('github',
     'Done.\n\nOn Wed, Mar 4, 2026, 14:05 Status Desk ***@***.***> wrote:\n\n'
     '> The lost quorum is an INTERNAL word.', 'Done.'),
    ('emclient',
     'Done.\n\n\n------ Original Message ------\nFrom "Status Desk" '
     '<desk@status.example>\nTo "maria" <m@example.net>\nDate 04/03/2026 '
     '14:05:33\nSubject imap\n\nThe lost quorum is an INTERNAL word.',
     'Done.'),
    ('emclient-de',
     'Done.\n\n------ Originalnachricht ------\nVon "Status Desk" '
     '<desk@status.example>\nAn "maria" <m@example.net>\nDatum 04.03.2026 '
     '14:05:33\nBetreff imap\n\nThe lost quorum is an INTERNAL word.',
     'Done.'),
    ('outlookcom-es',
     'Done.\n\n________________________________\nDe: Status Desk '
     '<desk@status.example>\nEnviado: miércoles, 4 de marzo de 2026 14:05\n'
     'Para: m\nAsunto: imap\n\nThe lost quorum is an INTERNAL word.',
     'Done.'),
    ('outlook-noline',
     'Done.\nFrom: Status Desk <desk@status.example>\nSent: Wednesday, March '
     '4, 2026 2:05 PM\nTo: m\nSubject: imap\nThe lost quorum is an INTERNAL '
     'word.', 'Done.'),
    ('outlook-reminder',
     'Done.\n\n-----Original Appointment-----\nFrom: Status Desk\nSent: '
     'Wednesday, March 4, 2026 2:05 PM\nTo: m\nSubject: call\nWhen: '
     'Thursday\n\nThe lost quorum is an INTERNAL word.', 'Done.'),
    ('twolevels',
     'Done.\n\nOn Wed, Mar 4, 2026 at 3:00 PM Hans <h@example.net> wrote:\n\n'
     '> ok\n>\n> On Wed, Mar 4, 2026 at 2:05 PM Status Desk '
     '<desk@status.example> wrote:\n>\n>> The lost quorum is an INTERNAL '
     'word.\n>>\n>', 'Done.'),
    ('wrap-quoted',
     'Done.\n\nOn Wed, Mar 4, 2026 at 2:05 PM Status Desk '
     '<desk@status.example> wrote:\n\n> The INTERNALQ cluster b lost quorum '
     'and this is a very long line which was\nwrapped\n> by some gateway',
     'Done.'),
    ('fold3',
     'Done.\n\nOn Wed, Mar 4, 2026 at 2:05 PM\nStatus Desk\n'
     '<desk@status.example>\nwrote:\n> The lost quorum is an INTERNAL word.',
     'Done.'),
    ('noblank',
     'Done.\nOn Wed, Mar 4, 2026 at 2:05 PM Status Desk '
     '<desk@status.example> wrote:\n> The lost quorum is an INTERNAL word.',
     'Done.'),
    ('sameline',
     'Done. On Wed, Mar 4, 2026 at 2:05 PM Status Desk <desk@status.example> '
     'wrote:\n> The lost quorum is an INTERNAL word.', 'Done.'),
    ('fwd',
     'FYI, this is the vendor.\n\n---------- Forwarded message ---------\n'
     'From: Vendor <v@vendor.example>\nDate: Wed, Mar 4, 2026 at 2:05 PM\n'
     'Subject: disk\nTo: m\n\nThe lost quorum is an INTERNAL word.',
     'FYI, this is the vendor.'),
    ('fwd-apple',
     'FYI\n\nBegin forwarded message:\n\nFrom: Vendor <v@vendor.example>\n'
     'Subject: disk\nDate: 4 March 2026 at 14:05:33 CET\nTo: m\n\nThe lost '
     'quorum is an INTERNAL word.', 'FYI'),
    ('wrapped within the date',
     'Fan replaced.\n\nOn 4 Mar 2026, at\n14:05, Desk\n<desk@status.example> '
     'wrote:\n> The lost quorum is an INTERNAL word.', 'Fan replaced.'),
    ('verb in the middle',
     'Fan replaced.\n\nDesk schreef op wo 04-03-2026 om 14:05 [+0100]:\n> The '
     'lost quorum is an INTERNAL word.', 'Fan replaced.'),
    ('quoting without a colon',
     'Quoting Desk (2026-03-04 14:05:11)\n> The lost quorum is an INTERNAL '
     'word.\n\nFan replaced.', 'Fan replaced.'),
    ('labels in underscores',
     'Fan replaced.\n\n_From:_ Desk <desk@status.example>\n_Sent:_ Wednesday, '
     'March 4, 2026 2:05 PM\n_To:_ Maria\n_Subject:_ imap\n\nThe lost quorum '
     'is an INTERNAL word.', 'Fan replaced.'),
    ('header in one line',
     'Fan replaced.\n\nFrom: Desk <desk@status.example> Sent: Wednesday, March '
     '4, 2026 2:05 PM To: Maria Subject: imap\n\nThe lost quorum is an '
     'INTERNAL word.', 'Fan replaced.'),
    ('header with the subject first',
     'Fan replaced.\n\nTemat: imap\nData: 2026-03-04 14:05\nNadawca: "Desk" '
     '<desk@status.example>\nAdresat: maria@example.net\n\nThe lost quorum is '
     'an INTERNAL word.', 'Fan replaced.'),
    ('initials',
     'SD> The lost quorum is\nSD> an INTERNAL word.\n\nFan replaced.',
     'Fan replaced.'),
    ('bars',
     'On 4 Mar 2026, Desk wrote:\n| The lost quorum is\n| an INTERNAL word.\n\n'
     'Fan replaced.', 'Fan replaced.'),
    ('Horde in Finnish',
     'Lainaus Desk <desk@status.example>:\n\n> The lost quorum is an INTERNAL '
     'word.\n\nFan replaced.', 'Fan replaced.'),
]

# The same in HTML.
PAGES = [
    ('yahoo-html',
     '<html><head></head><body><div class="ydp1yahoo-style-wrap" '
     'style="font-family:Helvetica"><div dir="ltr">Restarted, watching '
     'it.</div><div><br></div></div><div id="ydp7yahoo_quoted_1" '
     'class="ydpyahoo_quoted"><div style="font-family:Helvetica"><div>On '
     'Wednesday, March 4, 2026 at 02:05:00 PM UTC, Status Desk '
     '&lt;desk@status.example&gt; wrote: </div><div><br></div><div>The lost '
     'quorum is an INTERNAL word.</div></div></div></body></html>',
     'Restarted, watching it.'),
    ('gmx-html',
     '<html><head></head><body><div style="font-family: Verdana;font-size: '
     '12.0px;"><div>Restarted.\n<div>&nbsp;\n<div name="quote" '
     'style="margin:10px 5px 5px 10px; padding: 10px 0 10px 10px; '
     'border-left:2px solid #C3D9E5; word-wrap: break-word;">\n<div '
     'style="margin:0 0 10px 0;"><b>Gesendet:</b>&nbsp;Mittwoch, 04. '
     'M&auml;rz 2026 um 14:05 Uhr<br/>\n<b>Von:</b>&nbsp;&quot;Status '
     'Desk&quot; &lt;desk@status.example&gt;<br/>\n'
     '<b>An:</b>&nbsp;maria.keller@example.net<br/>\n'
     '<b>Betreff:</b>&nbsp;[INC-2026-0042] imap</div>\n<div '
     'name="quoted-content">The lost quorum is an INTERNAL '
     'word.</div></div></div></div></div></body></html>', 'Restarted.'),
    ('zoho-html',
     '<div style="font-family: '
     'Verdana;">Restarted.<br></div><div><br></div><div '
     'class="zmail_extra_hr" style="border-top: 1px solid rgb(204, 204, '
     '204);"><br></div><div class="zmail_extra" '
     'data-zbluepencil-ignore="true"><div id="Zm-_Id_-Sgn1">---- On Wed, 04 '
     'Mar 2026 14:05:00 +0100 <b>Status Desk &lt;desk@status.example&gt;</b> '
     'wrote ----<br></div><div><br></div><blockquote id="blockquote_zmail" '
     'style="margin: 0px;">The lost quorum is an INTERNAL '
     'word.</blockquote></div>', 'Restarted.'),
    ('fastmail-html',
     '<!DOCTYPE html><html><head><title></title><style '
     'type="text/css">p.MsoNormal,p.MsoNoSpacing{margin:0}<'
     '/style></head><body><div>Restarted.</div><div><br></div><div>On Wed, 4 '
     'Mar 2026, at 2:05 PM, Status Desk wrote:</div><blockquote type="cite" '
     'id="qt"><div>The lost quorum is an INTERNAL '
     'word.</div></blockquote><div><br></div></body></html>', 'Restarted.'),
    ('samsung-html',
     '<html><head></head><body dir="auto">Restarted.<div '
     'dir="auto"><br></div><div dir="auto"><br></div><div '
     'dir="auto"><br></div><div id="composer_signature" dir="auto"><div '
     'style="font-size:12px;color:#575757" dir="auto">Sent from my '
     'Galaxy</div></div><div dir="auto"><br></div><div><br></div><div '
     'align="left" dir="auto" '
     'style="font-size:100%;color:#000000"><div>-------- Original message '
     '--------</div><div>From: Status Desk &lt;desk@status.example&gt; '
     '</div><div>Date: 04/03/2026  14:05  (GMT+01:00) </div><div>To: maria '
     '</div><div>Subject: imap </div><div><br></div></div>The lost quorum is '
     'an INTERNAL word.</body></html>', 'Restarted.'),
    ('tb-html',
     '<!DOCTYPE html><html><head><meta http-equiv="content-type" '
     'content="text/html; charset=UTF-8"></head><body><p>Restarted.</p><div '
     'class="moz-cite-prefix">Am 04.03.26 um 14:05 schrieb Status '
     'Desk:<br></div><blockquote type="cite" cite="mid:x@y"><p>The lost '
     'quorum is an INTERNAL word.</p></blockquote><div '
     'class="moz-signature">-- <br>Maria Keller<br>NOC</div></body></html>',
     'Restarted.'),
    ('tb-html-below',
     '<html><head></head><body><div class="moz-cite-prefix">On 04/03/2026 '
     '14:05, Status Desk wrote:<br></div><blockquote type="cite" '
     'cite="mid:x@y"><p>The lost quorum is an INTERNAL '
     'word.</p></blockquote>Restarted.<br><pre class="moz-signature" '
     'cols="72">-- \nMaria Keller\nNOC</pre></body></html>', 'Restarted.'),
    ('owa',
     '<html><head><style type="text/css" style="display:none;"> P '
     '{margin-top:0;margin-bottom:0;} </style></head><body dir="ltr"><div '
     'class="elementToProof" style="font-family: '
     'Aptos;">Restarted.</div><div '
     'id="appendonsend"></div><div><br></div><hr tabindex="-1" '
     'style="display:inline-block; width:98%"><div id="divRplyFwdMsg" '
     'dir="ltr"><font face="Calibri"><b>Von:</b> Status '
     'Desk</font></div><div>The lost quorum is an INTERNAL '
     'word.</div></body></html>', 'Restarted.'),
    ('owa-sig',
     '<html><head></head><body dir="ltr"><div '
     'class="elementToProof">Restarted.</div><div class="elementToProof" '
     'id="Signature"><p>Maria Keller</p><p>NOC Engineer</p></div><div '
     'id="appendonsend"></div><hr><div id="divRplyFwdMsg" '
     'dir="ltr"><b>From:</b> Status Desk</div><div>The lost quorum is an '
     'INTERNAL word.</div></body></html>', 'Restarted.'),
    ('macoutlook-html',
     '<html><head></head><body><div class="WordSection1"><p '
     'class="MsoNormal">Restarted.</p><div '
     'id="mail-editor-reference-message-container"><div><div '
     'style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0in '
     '0in 0in"><p class="MsoNormal"><b><span style="color:black">From: '
     '</span></b><span>Status Desk &lt;desk@status.example&gt;<br><b>Date: '
     '</b>Wednesday, 4 March 2026 at 14:05<br><b>To: '
     '</b>Maria<br><b>Subject: </b>imap</span></p></div><p>The lost quorum '
     'is an INTERNAL word.</p></div></div></div></body></html>',
     'Restarted.'),
    ('html',
     '<div dir="ltr">Replication is back.<div><br '
     'clear="all"><div><br></div><span class="gmail_signature_prefix">-- '
     '</span><br><div dir="ltr" class="gmail_signature" '
     'data-smartmail="gmail_signature"><div dir="ltr">Maria '
     'Keller<br>NOC</div></div></div></div>', 'Replication is back.'),
    ('htmltable',
     '<html><body><div class="WordSection1"><p class="MsoNormal">Replication '
     'is back.</p><p class="MsoNormal">&nbsp;</p><p class="MsoNormal">Kind '
     'regards</p><table><tr><td><img src="cid:1"></td><td><p>Maria '
     'Keller</p><p>NOC Engineer</p><p>T +49 30 '
     '1234567</p></td></tr></table><p style="font-size:8pt">This email and '
     'any attachments are confidential and intended for the recipient '
     'only.</p></div></body></html>', 'Replication is back.'),
    ('html',
     '<html><body><p>See below.</p><div class="moz-cite-prefix">On '
     '04/03/2026 14:05, Status Desk wrote:</div><blockquote '
     'type="cite"><p>Is node 2 up? INTERNALQ</p></blockquote><p>Yes, since '
     '14:05.</p><blockquote type="cite"><p>Is node 3 '
     'up?</p></blockquote><p>No.</p></body></html>',
     'See below.\n\nYes, since 14:05.\n\nNo.'),
    ('gmail',
     '<div dir="ltr"><div dir="ltr"><br></div><br><div '
     'class="gmail_quote"><div dir="ltr" class="gmail_attr">On Wed, Mar 4, '
     '2026 at 2:05 PM Status Desk &lt;desk@status.example&gt; '
     'wrote:<br></div><blockquote class="gmail_quote" style="margin:0">Is '
     'node 2 up? INTERNALQ<br></blockquote><div>Yes, since '
     '14:05.</div><blockquote class="gmail_quote">Is node 3 '
     'up?</blockquote><div>No.</div></div></div>',
     'Yes, since 14:05.\n\nNo.'),
    ('fields',
     '<html><body><p>Severity: 2</p><p>Component: '
     'email-b</p><p>&nbsp;</p><p>imap is down</p></body></html>',
     'Severity: 2\nComponent: email-b\n\nimap is down'),
    ('ul', '<div>Done:<ul><li>n1</li><li>n2</li></ul></div>',
     'Done:\n- n1\n- n2'),
    ('blockquote-own',
     '<div>The vendor says:</div><blockquote style="margin:0 0 0 '
     '40px;border:none;padding:0px">reboot needed</blockquote><div>We do '
     'that.</div>', 'The vendor says:\nreboot needed\nWe do that.'),
    ('br', 'Node 1 up<br>Node 2 up<br><br>Waiting',
     'Node 1 up\nNode 2 up\n\nWaiting'),
    ('hidden',
     '<div style="display:none;max-height:0">INTERNALQ '
     'preheader</div><p>Node 1 up</p>', 'Node 1 up'),
    ('entities',
     '<p>Load &lt; 5 &amp; falling &ndash; &quot;ok&quot; &#8364;</p>',
     'Load < 5 & falling – "ok" €'),
    ('pre', '<pre>Node 1 up\nNode 2 up\n</pre>', 'Node 1 up\nNode 2 up'),
    ('olddiv',
     '<html><body><div>Node 1 up</div><div>&nbsp;</div><div '
     'style="border-top:1px solid #b5c4df; padding:3pt 0 0 0"><b>Frá:</b> '
     'Status Desk &lt;desk@status.example&gt;<br><b>Sent:</b> '
     'x</div><div>The lost quorum is an INTERNAL word.</div></body></html>',
     'Node 1 up'),
    ('hr',
     '<html><body><p>Node 1 up</p><hr id="stopSpelling"><p>From: '
     'desk@status.example<br>To: m@example.net<br>Subject: x<br>Date: Wed, 4 '
     'Mar 2026 14:05:00 +0000<br><br>The lost quorum is an INTERNAL '
     'word.</p></body></html>', 'Node 1 up'),
    ('winmail',
     '<HTML><BODY><DIV><FONT face=Arial size=2>Node 1 '
     'up</FONT></DIV><BLOCKQUOTE style="PADDING-LEFT: 5px; MARGIN-LEFT: 5px; '
     'BORDER-LEFT: #000000 2px solid"><DIV>----- Original Message ----- '
     '</DIV><DIV><B>From:</B> desk@status.example</DIV><DIV>The lost quorum '
     'is an INTERNAL word.</DIV></BLOCKQUOTE></BODY></HTML>', 'Node 1 up'),
    ('spark',
     '<html><body><div name="messageBodySection"><div dir="auto">Node 1 '
     'up</div></div><div name="messageSignatureSection"><br><div '
     'class="matchFont">Maria Keller</div></div><div '
     'name="messageReplySection">On 4 Mar 2026, 14:05 +0100, Status Desk, '
     'wrote:<br><blockquote type="cite">The lost quorum is an INTERNAL '
     'word.</blockquote></div></body></html>', 'Node 1 up'),
    ('superhuman',
     '<html><body><div><div><div>Node 1 up</div></div><br><div '
     'class="sh-signature"><div>Maria</div></div></div><br><div><div '
     'class="gmail_quote">On Wed, wrote<blockquote class="gmail_quote">The '
     'lost quorum is an INTERNAL word.</blockquote></div></div></body></html>',
     'Node 1 up'),
    ('front',
     '<div>Node 1 up<br></div><div><br></div><div '
     'class="front-signature">Maria<br></div><blockquote type="cite" '
     'class="front-blockquote">On March 4, 2026, desk@status.example '
     'wrote:<br><br>The lost quorum is an INTERNAL word.</blockquote>',
     'Node 1 up'),
    ('missive',
     '<div>Node 1 up</div><br><div class="missive_quote">On Wed, Mar 4, 2026 '
     'at 2:05 PM Status Desk &lt;desk@status.example&gt; '
     'wrote:<br><blockquote type="cite">The lost quorum is an INTERNAL '
     'word.</blockquote></div>', 'Node 1 up'),
    ('proton',
     '<div style="font-family: Arial;">Node 1 up</div><div '
     'class="protonmail_signature_block '
     'protonmail_signature_block-empty"></div><div '
     'class="protonmail_quote">On Wednesday, March 4th, 2026 at 2:05 PM, '
     'Status Desk &lt;d@s.example&gt; wrote:<br><blockquote '
     'class="protonmail_quote" type="cite">The lost quorum is an INTERNAL '
     'word.</blockquote></div>', 'Node 1 up'),
    ('zimbra',
     '<html><body><div style="font-family:arial"><div>Node 1 '
     'up</div><div><br></div><hr id="zwchr" data-marker="__DIVIDER__"><div '
     'data-marker="__HEADERS__"><b>From: </b>"Desk" '
     '&lt;desk@status.example&gt;<br><b>To: </b>m<br><b>Sent: '
     '</b>Wed<br></div><div data-marker="__QUOTED_TEXT__">The lost quorum is '
     'an INTERNAL word.</div></div></body></html>', 'Node 1 up'),
    ('roundcube',
     '<html><body><p>Node 1 up</p><p>On 2026-03-04 14:05, Status Desk '
     'wrote:</p><blockquote type="cite" style="padding: 0 0.4em; '
     'border-left: #1010ff 2px solid; margin: 0">The lost quorum is an '
     'INTERNAL word.</blockquote><div id="signature">-- '
     '<br>Maria</div></body></html>', 'Node 1 up'),
    ('qq',
     '<div>已重启</div><div><br></div><div style="font-size: 12px;padding:2px '
     '0;">------------------&nbsp;原始邮件&nbsp;------------------</div><div '
     'style="font-size: '
     '12px;background:#efefef;padding:8px;"><div><b>发件人:</b'
     '>&nbsp;"Desk"&lt;desk@status.example&gt;;</div></div><div>The lost '
     'quorum is an INTERNAL word.</div>', '已重启'),
    ('163',
     '<div>已重启</div><br><div style="position:relative;zoom:1"></div><div '
     'id="divNeteaseMailCard"></div><br><pre><br>在 2026-03-04 '
     '14:05:00，"Status Desk" &lt;desk@status.example&gt; '
     '写道：</pre><blockquote id="isReplyContent" style="PADDING-LEFT: 1ex">The '
     'lost quorum is an INTERNAL word.</blockquote>', '已重启'),
    ('a banner in one line above a line',
     '<table><tr><td>Some people who received this message don’t often get '
     'email from desk@status.example. <a href="https://x.example">Learn why '
     'this is important</a></td></tr></table><div>approved</div><div '
     'id="appendonsend"></div><div>The lost quorum is an INTERNAL word.</div>',
     'approved'),
    ('zimbra signature',
     '<div>Done.</div><div data-marker="__SIG_PRE__">Bob Oak<br>Example</div>'
     '<hr data-marker="__DIVIDER__"><div data-marker="__QUOTED_TEXT__">The '
     'lost quorum is an INTERNAL word.</div>', 'Done.'),
    ('netease card',
     '<div>已重启</div><div>---- 回复的原邮件 ----</div><div>发件人 desk@status.example'
     '</div><div>The lost quorum is an INTERNAL word.</div>', '已重启'),
]
