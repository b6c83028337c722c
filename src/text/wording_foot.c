#include "text/wording.h"

#include <stddef.h>

/* What lists, scanners and help desks put below a mail. */

/* clang-format off */

/* Begin such a paragraph: enough alone. */
const char *const wording_feet[] = {
	"no virus found in this", "no viruses found in this",
	"information from eset", "groups.io links:",
	"you received this message because", "you received this email because",
	"you received this mail because", "you are receiving this because",
	"you are receiving this mail because",
	"you are receiving this email because",
	"you are receiving this message because",
	"you're receiving this email because", "you're receiving this because",
	"you got this mail because", "reply to this email directly",
	"reply to this message directly", "reply via web post",
	"to view this discussion on the web visit",
	"to view this discussion visit", "for more options, visit",
	"to post to this group", "l'absence de virus dans ce",
	"el software de antivirus", "este email foi escaneado",
	"aucun virus trouvé", "aucun virus détecté", "keine viren gefunden",
	"es wurden keine viren", "virenfrei", "geen virus gevonden",
	"nessun virus nel messaggio", "nessun virus rilevato",
	"nie znaleziono wirusów", "no se encontraron virus", "sin virus",
	"libre de virus", "sans virus", "privo di virus", "livre de vírus",
	"virusvrij", "wolny od wirusów", "вирусов нет", "без вирусов",
	"проверено антивирусом", "проверено на вирусы", "перевірено на віруси",
	"neobsahuje žádné viry", "sie erhalten diese nachricht, weil sie",
	"sie erhalten diese e-mail, weil sie",
	"sie haben diese nachricht erhalten, weil sie",
	"vous recevez ce message, car", "vous recevez ce message car",
	"vous recevez cet e-mail car", "vous recevez ce courriel car",
	"has recibido este mensaje porque", "ha recibido este mensaje porque",
	"recibes este correo porque", "você recebeu essa mensagem porque",
	"você recebeu esta mensagem porque", "recebeu esta mensagem porque",
	"hai ricevuto questo messaggio perché",
	"ricevi questo messaggio perché", "je ontvangt dit bericht omdat",
	"u ontvangt dit bericht omdat", "u ontvangt deze e-mail omdat",
	"du får detta meddelande eftersom", "du modtager denne",
	"otrzymujesz tę wiadomość, ponieważ",
	"otrzymałeś tę wiadomość, ponieważ",
	"вы получили это сообщение, поскольку",
	"вы получили это сообщение, потому что", "вы получаете эту рассылку",
	"このメールは google グループ",
	NULL,
};

/* ... or only with an address or a link. */
const char *const wording_feet_weak[] = {
	"the message was checked by", "to unsubscribe", "unsubscribe:",
	"manage your subscri", "manage subscri", "to leave the list",
	"to leave this list", "to manage your subscription",
	"to change your settings", "for additional commands", "se désabonner",
	"pour se désabonner", "pour vous désabonner", "désinscription",
	"darse de baja", "cancelar inscrição", "per annullare",
	"per cancellarti", "avregistrera", "avsluta prenumeration",
	"wypisz się", "aby wypisać", "odhlásit", "отписаться",
	"чтобы отписаться", "um sich abzumelden", "um sich von dieser",
	"virus-free", "unsubscribe http", "unsubscribe from this",
	"unsubscribe here", "unsubscribe <",
	"our privacy notice", "our privacy policy", "privacy policy",
	"privacy notice", "for our e-mail disclaimer",
	"for our email disclaimer", "for our disclaimer", "our disclaimer",
	"information on how we process", "informationen zur verarbeitung",
	"informationen zum datenschutz", "hinweise zum datenschutz",
	"unsere datenschutz", "politique de confidentialité",
	"notre politique de conf", "política de privacidad",
	"política de privacidade", "informativa privacy",
	"informativa sulla privacy", "privacyverklaring",
	"onze privacyverklaring", "integritetspolicy", "polityka prywatności",
	"politica de confidențialitate", "политика конфиденциальности",
	NULL,
};

/* ... or only with the name of a scanner. */
const char *const wording_scans[] = {
	"scanned by", "checked by", "protected by", "virus scan",
	"virus checked", "geprüft von", "geprüft mit", "gescannt von",
	"analysé par", "vérifié par", "comprobado por", "analizado por",
	"controllato da", "verificato da", "gescand door", "verificado por",
	"sprawdzone przez", "проверено",
	NULL,
};

const char *const wording_scanners[] = {
	"avast", "avg", "avira", "barracuda", "bitdefender", "clamav",
	"comodo", "drweb", "eset", "f-secure", "forcepoint", "fortimail",
	"g data", "hornetsecurity", "kaspersky", "mailscanner", "mcafee",
	"messagelabs", "mimecast", "norton", "panda", "proofpoint", "sophos",
	"spamassassin", "symantec", "trend micro", "trellix", "webroot",
	NULL,
};

/* Alone in a line above what a firm adds. */
const char *const wording_legal_titles[] = {
	"disclaimer", "legal notice", "legal disclaimer", "notice",
	"confidentiality", "confidentiality notice", "important notice",
	"haftungsausschluss", "rechtlicher hinweis", "wichtiger hinweis",
	"vertraulichkeitshinweis", "avertissement", "avis de confidentialité",
	"avis important", "mention légale", "mentions légales", "aviso legal",
	"aviso de confidencialidad", "nota legal", "advertencia", "avviso",
	"avvertenza", "avviso di riservatezza", "avvertenze legali",
	"aviso de confidencialidade", "clausula de confidencialidad",
	"cláusula de confidencialidad", "informação legal",
	"vertrouwelijkheid", "ansvarsfriskrivning", "vastuuvapauslauseke",
	"zastrzeżenie", "klauzula poufności", "upozornění",
	"отказ от ответственности", "конфиденциально", "免责声明", "免責聲明",
	"免責事項", "yasal uyarı", "hinweis", "confidential",
	NULL,
};
/* clang-format on */
