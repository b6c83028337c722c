#include "text/bounce_tongues.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

/* In bytes; a sentence of two lines. */
enum { NEAR = 90, LOOKS = 50 };

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* Beginnings of words, between bars; `things` also within words; a blank at
 * the end: a whole one. */
struct saying {
	enum bounce_reason reason;
	const char *things, *says;
};

static const struct saying reasons[] = {
	/* clang-format off */
	{ REASON_FULL, "mailbox|inbox|mail file|mailfile|mail folder|storage",
	    "full|exceed|over its|over the|no space|no room|overfull" }, /* en */
	{ REASON_FULL, "postfach|posteingang|mailbox|speicher|postkorb", /* de */
	    "voll|überfüllt|überschritten|maximale größe|erschöpft|kein platz" },
	{ REASON_FULL, "boîte|boite|messagerie|compte",                  /* fr */
	    "plein|satur|a dépass|plus de place|plus d'espace" },
	{ REASON_FULL, "buzón|buzon|casilla|cuenta|bandeja|cuota",       /* es */
	    "llen|exced|sobrepas|super|sin espacio" },
	{ REASON_FULL, "casella|posta in arrivo|spazio",                 /* it */
	    "pien|esaurit|superat|satur" },
	{ REASON_FULL, "caixa|conta|cota",                               /* pt */
	    "chei|lotad|exced|sem espaço|esgotad" },
	{ REASON_FULL, "mailbox|postbus|postvak|inbox",                  /* nl */
	    "vol |overschreden|geen ruimte" },
	{ REASON_FULL, "skrzynk|konto|kont",                             /* pl */
	    "przepełn|przepeln|pełn|peln|przekrocz|brak miejsca" },
	{ REASON_FULL, "ящик|квот|почт",                                 /* ru */
	    "переполн|полон|заполнен|превыш|исчерпан" },
	{ REASON_FULL, "скриньк|квот", "переповн|заповнен|перевищ" },    /* uk */
	{ REASON_FULL, "кутия|квот", "пълна|препълн|надвиш" },           /* bg */
	{ REASON_FULL, "schránk|schrank|kvót",                           /* cs sk */
	    "pln|přepln|prepln|zapln|překroč|prekroč" },
	{ REASON_FULL, "brevlåda|inkorg|postlåda|postkasse|indbakke|"
	    "innboks|mailboks|postboks",                              /* sv da no */
	    "full|fuld|överfull|overfyl|överskr|overskr|fylt" },
	{ REASON_FULL, "postilaatik|kiintiö", "täynnä|täysi|täyttyn|ylitt" },
	{ REASON_FULL, "postafiók|postaláda|fiók",                       /* hu */
	    "megtelt|betelt|tele |túllép" },
	{ REASON_FULL, "căsuț|casut|cutia", "plin|depăș|depas" },        /* ro */
	{ REASON_FULL, "sandučić|pretinac|nabiralnik",                /* hr sr sl */
	    "pun |puna|popun|prekora|poln|prepoln" },
	{ REASON_FULL, "posta kutu|kutu|kota", "dolu|doldu|aşıl|aştı" }, /* tr */
	{ REASON_FULL, "γραμματοκιβώτι|θυρίδα", "γεμάτ|πλήρ|υπερ|υπέρ" },
	{ REASON_FULL, "صندوق", "ممتلئ|تجاوز" },                          /* ar */
	{ REASON_FULL, "תיב", "מלא|חרג|חריג" },                          /* he */
	{ REASON_FULL, "kotak|kuota", "penuh|melebihi" },             /* id ms */
	{ REASON_FULL, "hộp thư|dung lượng", "đầy|vượt" },               /* vi */
	{ REASON_FULL, "กล่อง|พื้นที่", "เต็ม" },                              /* th */
	{ REASON_FULL, "ボックス|容量|受信箱",                           /* ja */
	    "一杯|いっぱい|満杯|超え|超過|不足|オーバー|満了" },
	{ REASON_FULL, "邮箱|郵箱|信箱|空间|空間|容量|配额|配額",        /* zh */
	    "满|滿|不足|超出|超过|超過|用完" },
	{ REASON_FULL, "메일함|사서함|편지함|용량|메일박스",             /* ko */
	    "가득|초과|꽉|부족" },

	{ REASON_SIZE, "message|its size|attachment",
	    "over the limit|too big|too large|larger than" },
	{ REASON_DISABLED, "mailbox|account|addressee",                  /* en */
	    "locked|closed|frozen|on hold|cancelled|canceled|not enabled|"
	    "not allowed to receive|unable to receive|cannot receive" },
	{ REASON_DISABLED, "postfach|konto|benutzer",                    /* de */
	    "gesperrt|deaktiviert|stillgelegt" },
	{ REASON_DISABLED, "compte|boîte|boite|utilisateur",             /* fr */
	    "désactiv|desactiv|suspendu|bloqué|inactif" },
	{ REASON_DISABLED, "cuenta|buzón|buzon|usuario",                 /* es */
	    "suspend|deshabilit|inhabilit|bloquead|desactiv|inactiv" },
	{ REASON_DISABLED, "casella|utente",                             /* it */
	    "disabilit|sospes|disattiv|bloccat|inattiv" },
	{ REASON_DISABLED, "conta|caixa|usuári",                         /* pt */
	    "suspens|desativ|desabilit|bloquead|inativ" },
	{ REASON_DISABLED, "mailbox|postbus|gebruiker",                  /* nl */
	    "geblokkeerd|uitgeschakeld|opgeschort|gedeactiveerd" },
	{ REASON_DISABLED, "skrzynk|konto",                              /* pl */
	    "zablokowan|zawieszon|nieaktywn|wyłączon" },
	{ REASON_DISABLED, "ящик|аккаунт|учетн|учётн|пользовател",       /* ru */
	    "заблокирован|отключен|отключён|неактив|приостанов" },
	{ REASON_DISABLED, "schránk|účet|účt|uživatel",                  /* cs sk */
	    "zablok|deaktiv|pozastaven" },
	{ REASON_DISABLED, "konto|brevlåda|postkasse",                /* sv da no */
	    "inaktiver|spärrad|deaktiver|spærret|sperret" },
	{ REASON_DISABLED, "hesap|hesab|posta kutu",                     /* tr */
	    "askıya|devre dışı|pasif" },
	{ REASON_DISABLED, "アカウント|メールボックス|ユーザ",           /* ja */
	    "停止|凍結|無効化|利用停止" },
	{ REASON_DISABLED, "账号|帐号|帳號|邮箱|郵箱|用户|用戶",         /* zh */
	    "禁用|停用|冻结|凍結|锁定|鎖定" },
	{ REASON_DISABLED, "계정|메일함", "정지|휴면|비활성" },          /* ko */

	{ REASON_NO_USER, "benutzer|empfänger|empfaenger|adresse|konto|"
	    "postfach|teilnehmer|account",                               /* de */
	    "unbekannt|nicht bekannt|existiert|nicht gefunden|nicht vorhanden|"
	    "ungültig|gibt es nicht|wurde gelöscht|konnte nicht gefunden" },
	{ REASON_NO_USER, "utilisateur|destinataire|adresse|compte|boîte|"
	    "boite|abonné",                                              /* fr */
	    "inconnu|n'existe|introuvable|invalide|inexistant|non trouv|"
	    "pas trouv|n'est pas valide|n'a pas été trouvé" },
	{ REASON_NO_USER, "usuario|destinatario|dirección|direccion|cuenta|"
	    "buzón|buzon|casilla",                                       /* es */
	    "desconocid|no existe|no encontrad|no se encontró|no se encuentra|"
	    "no se ha encontrado|inexistente|inválid|no es válid|no válid" },
	{ REASON_NO_USER, "utente|destinatario|indirizzo|casella",       /* it */
	    "sconosciut|non esiste|inesistent|non trovat|non valid|"
	    "non è stat" },
	{ REASON_NO_USER, "usuári|usuario|utilizador|destinatári|endereço|"
	    "conta|caixa",                                               /* pt */
	    "desconhecid|não existe|nao existe|inexistente|não encontrad|"
	    "não foi encontrad|inválid" },
	{ REASON_NO_USER, "gebruiker|ontvanger|geadresseerde|adres|mailbox|"
	    "postbus",                                                   /* nl */
	    "onbekend|bestaat niet|niet gevonden|niet bekend|ongeldig" },
	{ REASON_NO_USER, "użytkownik|uzytkownik|odbior|adres|skrzynk|kont",
	    "nieznan|nie istnieje|nie ma|nie znalez|nieprawidłow|"
	    "niepoprawn|brak" },                                         /* pl */
	{ REASON_NO_USER, "пользовател|получател|адрес|ящик|абонент|аккаунт",
	    "не найден|не существует|несуществ|неизвест|не зарегистр|"
	    "отсутствует|недействит|такого" },                           /* ru */
	{ REASON_NO_USER, "користувач|одержувач|отримувач|адрес|скриньк",
	    "не знайден|не існує|невідом|неіснуюч" },                    /* uk */
	{ REASON_NO_USER, "потребител|получател|адрес|кутия",            /* bg */
	    "не съществува|непознат|неизвест|не е намерен|няма такъв" },
	{ REASON_NO_USER, "uživatel|uzivatel|používateľ|příjemc|príjemc|"
	    "adres|schránk",                                          /* cs sk */
	    "neexist|neznám|nenalez|nebyl nalez|nebyla nalez|neplatn|"
	    "nenájden" },
	{ REASON_NO_USER, "användare|mottagare|adress|brevlåda|bruger|"
	    "modtager|postkasse|bruker|mottaker|konto",               /* sv da no */
	    "okänd|finns inte|finns ej|hittades inte|existerar inte|"
	    "kunde inte hittas|ogiltig|ukendt|findes ikke|eksisterer ikke|"
	    "blev ikke fundet|ikke fundet|ugyldig|ukjent|finnes ikke|"
	    "ikke funnet" },
	{ REASON_NO_USER, "käyttäj|vastaanottaj|osoit|postilaatik",      /* fi */
	    "tuntemat|ei ole olemassa|ei löyd|ei löyt|virheelli" },
	{ REASON_NO_USER, "kasutaja|saaja|aadress|postkast",             /* et */
	    "tundmatu|ei eksisteeri|ei leitud|puudub" },
	{ REASON_NO_USER, "vartotoj|gavėj|adres|dėžut",                  /* lt */
	    "nežinom|neegzist|nerast" },
	{ REASON_NO_USER, "lietotāj|saņēmēj|adres|pastkast",             /* lv */
	    "nezinām|neeksist|nav atrast" },
	{ REASON_NO_USER, "felhasználó|címzett|postafiók|fiók|cím",      /* hu */
	    "ismeretlen|nem létez|nem található|érvénytelen|nincs ilyen" },
	{ REASON_NO_USER, "utilizator|destinatar|adres|căsuț|casut|contul",
	    "necunoscut|nu există|nu exista|inexistent|nu a fost găsit|"
	    "nu a fost gasit" },                                         /* ro */
	{ REASON_NO_USER, "korisnik|primatelj|primalac|uporabnik|prejemnik|"
	    "adres|naslov|sandučić",                                  /* hr sr sl */
	    "nepozn|nepostoj|ne postoj|ne obstaja|nije prona|neisprav|"
	    "ni najden" },
	{ REASON_NO_USER, "kullanıcı|kullanici|alıcı|alici|adres|hesap|"
	    "posta kutu",                                                /* tr */
	    "bulunama|bilinm|mevcut değil|geçersiz|yok" },
	{ REASON_NO_USER, "χρήστη|παραλήπτη|διεύθυνσ|λογαριασμ",         /* el */
	    "άγνωστ|Άγνωστ|δεν υπάρχ|δεν βρέθηκ|μη έγκυρ|ανύπαρκτ" },
	{ REASON_NO_USER, "المستخدم|المستلم|العنوان|مستخدم|عنوان",       /* ar */
	    "غير موجود|غير معروف|غير صحيح|لا يوجد" },
	{ REASON_NO_USER, "משתמש|נמען|כתובת|תיב",                        /* he */
	    "לא קיים|לא קיימת|לא נמצא|אינו קיים|אינה קיימת|לא ידוע|לא מוכר" },
	{ REASON_NO_USER, "pengguna|penerima|alamat|kotak",           /* id ms */
	    "tidak ditemukan|tidak dikenal|tidak ada|tidak wujud" },
	{ REASON_NO_USER, "người dùng|người nhận|địa chỉ|hộp thư|tài khoản",
	    "không tồn tại|không tìm thấy|không hợp lệ" },               /* vi */
	{ REASON_NO_USER, "ผู้ใช้|ผู้รับ|ที่อยู่|กล่องจดหมาย", "ไม่พบ|ไม่มี|ไม่รู้จัก" },
	{ REASON_NO_USER, "ユーザ|宛先|あて先|受信者|アドレス|アカウント|"
	    "ボックス",                                                  /* ja */
	    "見つから|見つかり|存在しま|存在しな|不明|ありません" },
	{ REASON_NO_USER, "用户|用戶|使用者|收件人|收信人|收件者|地址|邮箱|"
	    "郵箱|信箱|账号|帐号|帳號",                                  /* zh */
	    "不存在|未找到|找不到|无效|無效|查无|查無|无此|無此|不正确" },
	{ REASON_NO_USER, "사용자|수신자|받는 사람|주소|계정|메일함|사서함",
	    "존재하지|없는|없습니다|찾을 수|알 수 없" },                 /* ko */
	/* clang-format on */
};

static const struct saying undelivered[] = {
	/* clang-format off */
	{ 0, "zugestellt|zustell|ausgeliefert|übermittelt",              /* de */
	    "nicht|fehlgeschlagen|gescheitert|unmöglich|fehler|unzustell" },
	{ 0, "remis|distribu|livr|achemin|délivr|delivr|remettre",       /* fr */
	    "pas |non |échec|echec|échou|impossible|erreur" },
	{ 0, "entreg", "no |fall|error|imposible|não|nao|falh|erro" },  /* es pt */
	{ 0, "consegn|recapit", "non |mancat|fallit|impossibile|errore" },
	{ 0, "bezorg|aflever|afgelever|bestel",                          /* nl */
	    "niet|mislukt|onbestel|fout" },
	{ 0, "dostarcz|doręcz|dorecz", "nie|błąd|blad" },                /* pl */
	{ 0, "доставл|доставк|доставить|отправлено",                     /* ru */
	    "не |недостав|ошибк|невозможн|сбой|не удалось" },
	{ 0, "доставл|доставк", "не |недостав|помилк|неможлив" },        /* uk */
	{ 0, "доставен|доставк", "не |грешк|неуспешн" },                 /* bg */
	{ 0, "doruč", "nedoruč|nemohl|nebyl|nelze|nepodař|chyb|selh|"
	    "nemožno|nebol" },                                        /* cs sk */
	{ 0, "levere|leverans|levering|levert|afsend",                /* sv da no */
	    "inte|ikke|ej |misslyck|misly|olever|fejl|feil" },
	{ 0, "toimit|perille|lähet", "ei |epäonnis|virhe" },             /* fi */
	{ 0, "kézbesít", "nem |sikertelen|hiba|kézbesíthetetlen" },      /* hu */
	{ 0, "livra", "nu |eșu|esu|imposibil|nelivra|eroare" },          /* ro */
	{ 0, "dostav|isporu", "nije|nisu|neusp|ni bil" },      /* hr sr sl */
	{ 0, "teslim|iletil|ilet|gönderil",                              /* tr */
	    "edilem|başarısız|iletilem|gönderilem|hata" },
	{ 0, "παραδ|παράδ|αποστ", "δεν|αδύνατ|απέτυχ|αποτυχ|σφάλμ" },    /* el */
	{ 0, "تسليم|إرسال|توصيل", "تعذر|فشل|لم |لا يمكن" },              /* ar */
	{ 0, "נמסר|מסיר|למסור|נשלח", "לא |נכשל|כשל|שגיא" },              /* he */
	{ 0, "dikirim|terkirim|kirim|hantar", "tidak|gagal|kesalah" },
	{ 0, "gửi|chuyển", "không thể|thất bại|không gửi|lỗi" },         /* vi */
	{ 0, "ส่ง", "ไม่|ล้มเหลว" },                                         /* th */
	{ 0, "配信|送信|送達|配送|届",                                   /* ja */
	    "できません|不能|失敗|エラー|ませんでした|できなかった" },
	{ 0, "投递|投遞|送达|送達|发送|發送|寄送|传递|傳遞|送出|信",     /* zh */
	    "无法|無法|失败|失敗|未能|退回|退信|被退" },
	{ 0, "전송|발송|배달|전달", "실패|못했|못하|수 없|반송|불가" },  /* ko */
	/* clang-format on */
};

/* Of "a|b|c" the next; false: there is none left. */
static bool
next_word(const char **s, const char **word, size_t *n)
{
	if (**s == '\0')
		return false;
	*word = *s;
	*n = strcspn(*s, "|");
	*s += *n + ((*s)[*n] == '|');
	return true;
}

/* Scripts without blanks have no beginnings. */
static bool
begins_word(const char *text, const char *at)
{
	unsigned char before = at == text ? ' ' : (unsigned char)at[-1];

	return (unsigned char)*at >= 0xe0 ||
	       (before < 0x80 && !isalpha(before));
}

static bool
ends_sentence(const char *s)
{
	return strchr(".!?;", *s) != NULL &&
	       (s[1] == ' ' || s[1] == '\0' || (unsigned char)s[1] >= 0x80);
}

static bool
ends_word(const char *s)
{
	return (unsigned char)*s < 0x80 && !isalpha((unsigned char)*s);
}

/* One of the words stands between from and to. */
static bool
says(const char *words, const char *text, const char *from, const char *to)
{
	const char *word, *at;
	size_t n;

	while (next_word(&words, &word, &n)) {
		bool whole = word[n - 1] == ' ';

		n -= whole;
		for (at = from;
		     (at = memmem(at, (size_t)(to - at), word, n)) != NULL;
		     at++)
			if (begins_word(text, at) &&
			    (!whole || ends_word(at + n)))
				return true;
	}
	return false;
}

/* at: what is spoken of. */
static bool
says_near(const char *words, const char *text, const char *at)
{
	const char *from = at, *to = at;

	while (from > text && at - from < NEAR && !ends_sentence(from - 1))
		from--;
	while (*to != '\0' && to - at < NEAR && !ends_sentence(to))
		to++;
	if (*to != '\0')
		to++;
	return says(words, text, from, to);
}

static bool
is_said(const struct saying *x, const char *text)
{
	const char *things = x->things, *word;
	size_t n, end = strlen(text);
	int looks = 0;

	while (next_word(&things, &word, &n)) {
		const char *at = text;

		while (looks++ < LOOKS &&
		       (at = memmem(at, end - (size_t)(at - text), word, n)) !=
			   NULL) {
			if (says_near(x->says, text, at))
				return true;
			at += n;
		}
	}
	return false;
}

enum bounce_reason
bounce_tongues_reason(const char *fold)
{
	for (size_t i = 0; i < COUNT(reasons); i++)
		if (is_said(&reasons[i], fold))
			return reasons[i].reason;
	return REASON_UNSAID;
}

bool
bounce_tongues_undelivered(const char *fold)
{
	for (size_t i = 0; i < COUNT(undelivered); i++)
		if (is_said(&undelivered[i], fold))
			return true;
	return false;
}
