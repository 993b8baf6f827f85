/** Countries whose telephone numbers are dialled without a code, by ISO 3166: those that have a number plan (`libphonenumber-js` knows them). */
import { describeLanguage } from "../text/languages.js";
import { type Bilingual, perLanguage } from "../text/text.js";

const codes =
  "AC AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL " +
  "CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU " +
  "GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC " +
  "MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PR PS PT " +
  "PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ " +
  "UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

/** Of a programme whose settings say nothing. */
export const defaultCountry = "JO";

export const countryOf = ({ country }: { readonly country?: string | undefined }): string => country ?? defaultCountry;

const named = new Map<string, Intl.DisplayNames>();

function namesIn(locale: string): Intl.DisplayNames {
  const names = named.get(locale) ?? new Intl.DisplayNames(locale, { type: "region" });
  named.set(locale, names);
  return names;
}

const nameIn = (locale: string, code: string): string => namesIn(locale).of(code) ?? code;

/** What each is called. */
export const countryChoices: Readonly<Record<string, Bilingual>> = Object.fromEntries(
  codes.split(" ").map((code) => [code, perLanguage((language) => nameIn(describeLanguage(language).locale, code))]),
);
