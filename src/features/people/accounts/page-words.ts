/** Every word of the pages around signing in. */
import type { Bilingual, Language } from "../../../engine/text/text.js";

export const pageWords = {
  "site.name": { en: "Diwan", ar: "ديوان" },
  "site.tagline": { en: "Back office", ar: "بوابة الموظفين" },
  "error.prefix": { en: "Error", ar: "خطأ" },
  "error.title": { en: "Please check this", ar: "يرجى التحقق مما يلي" },
  "error.fields": {
    en: "Correct the fields that are marked, then send it again.",
    ar: "صحّح الحقول المبيّنة ثم أعد الإرسال.",
  },
  "field.email": { en: "E-mail address", ar: "البريد الإلكتروني" },
  "field.password": { en: "Password", ar: "كلمة المرور" },
  "field.emailNeeded": { en: "Write your e-mail address.", ar: "اكتب بريدك الإلكتروني." },
  "field.emailForm": { en: "Write it like name@example.jo.", ar: "اكتبه مثل name@example.jo." },
  "field.passwordNeeded": { en: "Write your password.", ar: "اكتب كلمة المرور." },
  "field.codeNeeded": { en: "Write the code.", ar: "اكتب الرمز." },
  "field.repeatDiffers": { en: "The two passwords differ.", ar: "كلمتا المرور غير متطابقتين." },
  "back.login": { en: "Back to signing in", ar: "العودة إلى تسجيل الدخول" },

  "login.title": { en: "Sign in", ar: "تسجيل الدخول" },
  "login.button": { en: "Sign in", ar: "دخول" },
  "login.forgot": { en: "Forgotten your password?", ar: "هل نسيت كلمة المرور؟" },
  "login.out": { en: "You have signed out.", ar: "سجّلت الخروج." },
  "login.set": {
    en: "Your password is set. Sign in with it now.",
    ar: "عُيّنت كلمة المرور. سجّل الدخول بها الآن.",
  },
  "login.late": {
    en: "That took too long. Sign in again.",
    ar: "انتهت المهلة. سجّل الدخول من جديد.",
  },

  "stopped.title": { en: "You need not wait", ar: "لا حاجة إلى الانتظار" },
  "stopped.way": {
    en: "Somebody else may be guessing. Ask for a link by mail and choose a new password with it on this device. From then on the tries of this device are counted on their own, and nobody else uses them up.",
    ar: "ربما يحاول شخص آخر التخمين. اطلب رابطًا بالبريد واختر به كلمة مرور جديدة على هذا الجهاز. تُحتسب محاولات هذا الجهاز بعد ذلك وحدها، ولا يستنفدها غيرك.",
  },
  "stopped.ask": { en: "Ask for a link", ar: "طلب رابط" },
  "stopped.room": {
    en: "If no mail reaches you, ask the operation room for a link.",
    ar: "إن لم يصلك بريد فاطلب الرابط من غرفة العمليات.",
  },

  "factor.title": { en: "Second step", ar: "الخطوة الثانية" },
  "factor.lead": {
    en: "Open the authenticator app on your telephone and write the six digits that it shows for Diwan.",
    ar: "افتح تطبيق المصادقة في هاتفك واكتب الأرقام الستة التي يعرضها لديوان.",
  },
  "factor.code": { en: "Code", ar: "الرمز" },
  "factor.hint": {
    en: "Without your telephone: write one of your recovery codes instead.",
    ar: "إن لم يكن هاتفك معك فاكتب أحد رموز الاسترداد بدلًا منه.",
  },
  "factor.button": { en: "Go on", ar: "متابعة" },
  "factor.lost": {
    en: "Telephone and recovery codes lost? Ask the operation room.",
    ar: "إن فقدت الهاتف ورموز الاسترداد فراجع غرفة العمليات.",
  },

  "enrol.title": { en: "Set up the second step", ar: "تهيئة التحقق بخطوتين" },
  "enrol.lead": {
    en: "Your role signs in with a password and a code from your telephone. This is done once.",
    ar: "يتطلب دورك الدخول بكلمة مرور وبرمز من هاتفك. تتم هذه التهيئة مرة واحدة.",
  },
  "enrol.scan": {
    en: "Install an authenticator app on your telephone and scan this picture with it.",
    ar: "ثبّت تطبيق مصادقة في هاتفك وامسح به هذه الصورة.",
  },
  "enrol.picture": { en: "QR code for the authenticator app", ar: "رمز QR لتطبيق المصادقة" },
  "enrol.type": { en: "Or type this key into the app:", ar: "أو اكتب هذا المفتاح في التطبيق:" },
  "enrol.write": { en: "Write the six digits that the app shows.", ar: "اكتب الأرقام الستة التي يعرضها التطبيق." },
  "enrol.button": { en: "Confirm", ar: "تأكيد" },

  "codes.title": { en: "Keep these recovery codes", ar: "احتفظ برموز الاسترداد" },
  "codes.lead": {
    en: "Each opens your account once when your telephone is not there. They are shown only now: print them or write them down, and keep them apart from the telephone.",
    ar: "يفتح كل رمز حسابك مرة واحدة إن لم يكن هاتفك معك. تُعرض الآن فقط: اطبعها أو دوّنها واحفظها بعيدًا عن الهاتف.",
  },
  "codes.go": { en: "I have kept them, go on", ar: "حفظتها، متابعة" },

  "forgot.title": { en: "A new password", ar: "كلمة مرور جديدة" },
  "forgot.lead": {
    en: "Write your e-mail address. If there is an account for it, a link to choose a new password is sent there.",
    ar: "اكتب بريدك الإلكتروني. إن كان له حساب فسيُرسل إليه رابط لاختيار كلمة مرور جديدة.",
  },
  "forgot.button": { en: "Send the link", ar: "إرسال الرابط" },
  "forgot.sentTitle": { en: "Look into your mail", ar: "راجع بريدك" },
  "forgot.sent": {
    en: "If there is an account for this address, a link is on its way. It works once, for two hours. Asked for again and again within an hour, no further letter is sent: take the newest link that is there, also one that you did not ask for. If nothing comes, ask the operation room for a link.",
    ar: "إن كان لهذا البريد حساب فالرابط في طريقه إليه. يُستخدم مرة واحدة خلال ساعتين. إذا تكرر الطلب خلال ساعة فلا تُرسل رسالة أخرى: استخدم أحدث رابط وصلك ولو لم تطلبه أنت. إن لم يصلك شيء فاطلب الرابط من غرفة العمليات.",
  },

  "link.invitation": { en: "Welcome to Diwan", ar: "أهلًا بك في ديوان" },
  "link.reset": { en: "Choose a new password", ar: "اختيار كلمة مرور جديدة" },
  "link.lead": { en: "Choose the password for this account:", ar: "اختر كلمة المرور لهذا الحساب:" },
  "link.password": { en: "New password", ar: "كلمة المرور الجديدة" },
  "link.hint": {
    en: "10 characters or more. A few words in a row are easy to keep in mind.",
    ar: "10 أحرف أو أكثر. يسهل تذكّر بضع كلمات متتالية.",
  },
  "link.repeat": { en: "The same again", ar: "تأكيد كلمة المرور" },
  "link.button": { en: "Set the password", ar: "تعيين كلمة المرور" },
  "link.deadTitle": { en: "This link does not work any more", ar: "لم يعد هذا الرابط صالحًا" },
  "link.ask": { en: "Ask for a new link", ar: "طلب رابط جديد" },
} as const satisfies Record<string, Bilingual>;
export type PageWord = keyof typeof pageWords;

export const say = (key: PageWord, language: Language): string => pageWords[key][language];
