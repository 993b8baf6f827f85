/** The title of an application that was given none: how its description begins. */

const most = 80;

/** The first sentence, cut behind a whole word where it is longer than 80 letters; empty where nothing was written. */
export function titleOf(description: string): string {
  const [line = ""] = description.trim().split("\n", 1);
  const words = line.replace(/\s+/g, " ").trim();
  const sentence = /^.{8,}?[.!?\u061f](?= |$)/u.exec(words)?.[0].replace(/\.$/, "") ?? words;
  const letters = [...sentence];
  if (letters.length <= most) return sentence;
  const cut = letters.slice(0, most).join("");
  const end = cut.lastIndexOf(" ");
  return `${end > most / 2 ? cut.slice(0, end) : cut}…`;
}
