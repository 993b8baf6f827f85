/** Personal data as they are shown until somebody asks for more: enough to recognise, not enough to contact. */
export interface PersonalData {
  readonly name: string | null;
  readonly nationalNumber: string | null;
  readonly phone: string | null;
  readonly email: string | null;
}

const hidden = "••••";

/** The last `n` characters, the rest hidden. */
function tail(value: string, n: number): string {
  return hidden + [...value].slice(-n).join("");
}

/** The article of Arabic family names tells nobody apart. */
const article = /^ال(?=\p{L}{2})/u;

function initials(name: string): string {
  const words = name.split(/\s+/u).filter(Boolean);
  return words.map((word) => `${[...word.replace(article, "")][0]}.`).join(" ");
}

/** First letters of the names, last digits of numbers, the host of an address. */
export function maskPersonal({ name, nationalNumber, phone, email }: PersonalData): PersonalData {
  return {
    name: name && initials(name),
    nationalNumber: nationalNumber && tail(nationalNumber, 2),
    phone: phone && tail(phone, 3),
    email: email && `${[...email][0]}${hidden}@${email.split("@").at(-1)}`,
  };
}
