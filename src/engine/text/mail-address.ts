/** E-mail addresses: how they are compared, and what one looks like. */

/** How an address is compared and stored. */
export const normalEmail = (email: string): string => email.trim().normalize("NFC").toLowerCase();

const longest = 254;

// One address, no quoting, no comments, a dot in the host: what mail servers really accept (RFC 5321 in short). Nothing that
// could be read as a second receiver or as part of a page; nothing invisible, which would make an address look like another.
const form = /^[^\s\p{C}@"<>(),;:\\[\]]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62}\.)+[\p{L}\p{N}-]{2,63}$/u;

export const isMailAddress = (text: string): boolean =>
  text.length <= longest && form.test(text) && !text.includes("..") && !text.startsWith(".") && !text.includes(".@");
