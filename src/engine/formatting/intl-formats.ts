/** Formatters of `Intl`, made once for each language and options: making one takes a hundred times as long as using it. */
import { describeLanguage } from "../text/languages.js";

function remembered<Options, Format>(make: (tag: string, options: Options) => Format) {
  const formats = new Map<string, Format>();
  return (language: string, options: Options): Format => {
    const name = `${language}${JSON.stringify(options)}`;
    const known = formats.get(name);
    if (known !== undefined) return known;
    const format = make(describeLanguage(language).locale, options);
    formats.set(name, format);
    return format;
  };
}

export const numberFormat = remembered((tag, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(tag, options));
export const dateFormat = remembered(
  (tag, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options),
);
export const collatorOf = remembered((tag, options: Intl.CollatorOptions) => new Intl.Collator(tag, options));
export const listFormat = remembered((tag, options: Intl.ListFormatOptions) => new Intl.ListFormat(tag, options));

/** CLDR sets marks of direction around signs in Arabic. Sentences isolate what they are given; in exports the marks only hide. */
export const withoutMarks = (text: string): string => text.replace(/[\u061c\u200e\u200f]/g, "");
