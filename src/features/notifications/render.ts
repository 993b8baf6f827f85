/**
 * A message's data become a letter: subject, HTML and plain text in one language.
 *
 * Templates are compiled once, at start, in strict mode: a place that the view does not fill is an error and not an empty
 * gap. Templates reach own properties only and are written without triple braces, so what a person typed stays text.
 */

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import Handlebars from "handlebars";
import type { DigestDefinition, MessageDefinition } from "../../engine/letters/letter-definition.js";
import {
  isFigureDigest,
  isLetterKind,
  isSmsKind,
  type MessageTemplate,
  type SmsKind,
} from "../../engine/letters/message-kinds.js";
import { type SmsSize, smsSize } from "../../engine/letters/sms-text.js";
import type { FiguresDigest, TrendChart } from "../../engine/measures/digest-view.js";
import type { FocalPointDigest } from "../../engine/measures/focal-digest.js";
import { directionOf } from "../../engine/text/languages.js";
import { inLanguage, type Language } from "../../engine/text/text.js";
import { errorWords } from "../../platform/error-summary.js";
import { installationFolder } from "../../platform/root.js";
import { letterTexts, type Values } from "../../platform/views/texts.js";
import { digestAsShipped, shippedSmsBody } from "../policy/versions/shipped-definitions.js";
import { accountLetterView, type LetterLink, linkOfLetter } from "./account-letter-view.js";
import { contactCodeSms } from "./applicant-message-views.js";
import { caseMessageViews, smsView } from "./case-message-views.js";
import { figureAlertView } from "./figure-alert-view.js";
import { figuresView } from "./figures-digest-view.js";
import { focalPointView } from "./focal-digest-view.js";
import { wordLetter, wordSms } from "./letter-words.js";
import { createLinks } from "./links.js";
import type { MessageData } from "./message-frame.js";
import { previewFonts } from "./preview-fonts.js";
import {
  type Enclosed,
  type Fact,
  isolate,
  type NamingSetup,
  type View,
  type ViewContext,
  viewContext,
} from "./view-context.js";

const require = createRequire(import.meta.url);
/** Writes the rules of a sheet into a letter's elements; loaded with the first letter. */
const juice = (): typeof import("juice") => require("juice");

export interface RenderableMessage {
  readonly template: MessageTemplate;
  readonly language: Language;
  readonly data: MessageData;
  /** What it holds for its receiver alone; left out: nothing. */
  readonly enclosed?: Enclosed;
  /** The letter or digest in the programme's own words, where it has published some; else it reads as it ships. */
  readonly wording?: object | null;
}

export interface RenderedMessage {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Shown as the sender's name. */
  readonly from: string;
  /** Images that the HTML names as `cid:…`; none in a preview, which carries them inside. */
  readonly images: readonly { readonly cid: string; readonly filename: string; readonly content: Buffer }[];
  /** Why the programme's own words could not be used, and the shipped letter was written instead; else null. */
  readonly wordingFault: string | null;
  /** Why lines of it could not be put together, and stand there as plain ones; none: all could. */
  readonly lineFaults: readonly string[];
  /** Of a text message: what is sent, and how it goes over the air. */
  readonly sms: (SmsSize & { readonly text: string }) | null;
}

export interface Renderer {
  /**
   * @param options.preview true for a file to look at: images and typeface stand inside the HTML, single-use links are masked
   * Throws when a text, a template or a value that it needs is missing.
   */
  render(message: RenderableMessage, setup: NamingSetup, options?: { preview?: boolean }): RenderedMessage;
  /** The subject alone, for a list. */
  subject(message: RenderableMessage, setup: NamingSetup): string;
}

/** Draws the digest's chart as PNG. */
export type ChartDrawer = (chart: TrendChart, language: Language, texts: ChartTexts) => Buffer;
export interface ChartTexts {
  readonly rate: string;
  readonly amongResolved: string;
  readonly mean: string;
  readonly range: string;
}

/** `views/` beside the sources, and beside what is built from them. */
const viewsFolder = join(installationFolder, "views");

type Compiled = (view: View) => string;
const helpers = { t: true };

/** What a letter shows of a link to other people than its receiver. */
export const maskedToken = "********";

export function createRenderer(a: {
  publicUrl: string;
  drawChart: ChartDrawer;
  views?: string;
  /** The token of a single-use link, which no message carries; without it letters with one cannot be sent. */
  linkToken?: (link: LetterLink) => string;
}): Renderer {
  const views = a.views ?? viewsFolder;
  const templates = { html: compileAll(views, "html"), text: compileAll(views, "txt") };
  const must = <Made>(made: Made | undefined, name: string): Made => {
    if (made === undefined) throw new Error(`views/ has no ${name}`);
    return made;
  };
  const css = readFileSync(join(views, "assets", "email.css"), "utf8");
  const links = createLinks(a.publicUrl);

  const tokenOf = (data: MessageData): string => {
    if (a.linkToken === undefined) throw new Error("the key of links is missing: SESSION_SECRET");
    return a.linkToken(linkOfLetter(data));
  };
  const oneLine = (view: View) => String(view.subject).replace(/\s+/g, " ").trim();

  /** The plain text of parts, as the shipped letters show them. */
  const partText = (part: string, view: View, context: ViewContext): string => {
    const facts = view.facts as readonly Fact[];
    switch (part) {
      case "number":
        return `${context.say("layout.reference")}: ${view.reference}`;
      case "details":
        return facts.map(({ label, value }) => `${label}: ${value}`).join("\n");
      case "button":
        return `${view.button}:\n${view.link}`;
      default:
        return String(view[part] ?? "");
    }
  };

  /** In the programme's own words. Throws where they cannot be used. */
  function worded(message: RenderableMessage, view: View, context: ViewContext): { template: string; view: View } {
    const { template, language, wording } = message;
    if (!wording || !isLetterKind(template)) return { template, view };
    const { subject, preheader, blocks, lines } = wordLetter(wording as MessageDefinition, template, view, language);
    const plain = lines.map((line) => ("part" in line ? partText(line.part, view, context) : line.text));
    return { template: "letter", view: { ...view, subject, preheader, blocks, lines: plain } };
  }

  /** A text message: its words, and beside them only what a look at it needs. */
  function smsLook(
    template: SmsKind,
    { language, data }: RenderableMessage,
    wording: RenderableMessage["wording"],
    context: ViewContext,
  ): { template: string; view: View } {
    const own = wording as MessageDefinition | null | undefined;
    const source = own ? inLanguage(own.body, language) : shippedSmsBody(template, language);
    const shown = smsView(template, data, context);
    const text = wordSms(source, template, shown, language);
    // How it is stopped is said where that costs no segment more.
    const values = { ...(shown.values as View), stopWord: context.say("sms.stopWord") };
    const stoppable = wordSms(source, template, { ...shown, values }, language);
    const fits = smsSize(stoppable).segments <= smsSize(text).segments;
    return smsOf(fits ? stoppable : text, shown, language, context);
  }

  function smsOf(text: string, shown: View, language: Language, context: ViewContext) {
    if (text === "") throw new Error("nothing is left of the text message");
    const size = smsSize(text);
    const view: View = {
      ...sides(language),
      values: {},
      subject: text,
      preheader: "",
      programme: shown.programme,
      whyReceived: null,
      change: null,
      note: null,
      sms: { text, ...size },
      lines: text.split("\n"),
      size: context.say(`sms.${size.alphabet}`, { segments: size.segments, length: size.length }),
    };
    return { template: "sms", view };
  }

  /** What is shown, in the programme's words where that is possible. */
  function viewOf(
    message: RenderableMessage,
    context: ViewContext,
    a: { chart: (chart: TrendChart) => string; token: (data: MessageData) => string },
  ): { template: string; view: View; wordingFault: string | null } {
    const { language, data } = message;
    const look = (wording: RenderableMessage["wording"]) => {
      if (message.template === "contact-code-sms") {
        const shown = contactCodeSms(data, context);
        return smsOf(String(shown.text), shown, language, context);
      }
      if (isSmsKind(message.template)) return smsLook(message.template, message, wording, context);
      const said = contentOf({ ...message, wording: wording ?? null }, context, a.chart, a.token);
      const view: View = {
        ...sides(language),
        ...said,
      };
      return worded({ ...message, wording: wording ?? null }, view, context);
    };
    const marked = ({ template, view }: { template: string; view: View }, wordingFault: string | null) => {
      if (data.test !== true) return { template, view, wordingFault };
      const subject = letterTexts(language).say("test.subject", { subject: String(view.subject) });
      return { template, view: { ...view, subject, whyReceived: letterTexts(language).say("test.why") }, wordingFault };
    };
    if (!message.wording) return marked(look(null), null);
    try {
      return marked(look(message.wording), null);
    } catch (error) {
      // Nobody waits for words: what is told is told in those that ship.
      context.faults.length = 0;
      return marked(look(null), errorWords(error));
    }
  }

  return {
    subject(message, setup) {
      const context = viewContext(message.language, letterTexts(message.language), setup, links, message.enclosed);
      return oneLine(viewOf(message, context, { chart: () => "", token: () => maskedToken }).view);
    },
    render(message, setup, { preview = false } = {}) {
      const { language } = message;
      const context = viewContext(language, letterTexts(language), setup, links, message.enclosed);
      const images: { cid: string; filename: string; content: Buffer }[] = [];
      const chartAddress = (chart: TrendChart) => {
        const say = (key: string) => context.say(`digest-figures.chart.${key}`);
        const words = {
          rate: say("rate"),
          amongResolved: say("amongResolved"),
          mean: say("mean"),
          range: say("range"),
        };
        const content = a.drawChart(chart, language, words);
        if (preview) return `data:image/png;base64,${content.toString("base64")}`;
        images.push({ cid: "trend@diwan", filename: "trend.png", content });
        return "cid:trend@diwan";
      };
      const { template, view, wordingFault } = viewOf(message, context, {
        chart: chartAddress,
        token: preview ? () => maskedToken : tokenOf,
      });
      const made = {
        html: must(templates.html.get(template), template),
        text: must(templates.text.get(template), template),
      };
      const html = juice().inlineContent(made.html(view), css, { applyWidthAttributes: false });
      return {
        subject: oneLine(view),
        html: preview ? html.replace("</head>", `${previewFonts()}</head>`) : html,
        text: `${made
          .text(view)
          .replace(/\n{3,}/g, "\n\n")
          .trim()}\n`,
        from: String(view.programme),
        images,
        wordingFault,
        lineFaults: [...new Set(context.faults)],
        sms: (view.sms ?? null) as RenderedMessage["sms"],
      };
    },
  };
}

const sides = (language: Language) => ({
  language,
  dir: directionOf(language),
  start: directionOf(language) === "rtl" ? "right" : "left",
  end: directionOf(language) === "rtl" ? "left" : "right",
});

function contentOf(
  { template, data, wording }: RenderableMessage,
  context: ViewContext,
  chartAddress: (chart: TrendChart) => string,
  tokenOf: (data: MessageData) => string,
): View {
  if (isFigureDigest(template)) {
    const digest = data as unknown as FiguresDigest;
    const definition = (wording as DigestDefinition | null) ?? digestAsShipped(template);
    return figuresView(digest, context, definition, () => chartAddress(digest.chart));
  }
  if (template === "digest-focal-point") {
    const definition = (wording as DigestDefinition | null) ?? digestAsShipped(template);
    return focalPointView(data as unknown as FocalPointDigest, context, definition);
  }
  if (template === "figure-alert") return figureAlertView(data, context);
  if (template === "account-invitation" || template === "account-reset") {
    return accountLetterView(template, data, context, tokenOf(data));
  }
  if (isSmsKind(template)) return smsView(template, data, context);
  if (template === "contact-code-sms") return contactCodeSms(data, context);
  return caseMessageViews[template](data, context);
}

/** Every `emails/*.<kind>.hbs`, and the frame of letters in a programme's own words, with the layout and the partials of the same kind. */
function compileAll(views: string, kind: "html" | "txt"): Map<string, Compiled> {
  const handlebars = Handlebars.create();
  const options: CompileOptions = {
    strict: true,
    knownHelpers: helpers,
    knownHelpersOnly: true,
    noEscape: kind === "txt",
  };
  const sources = (folder: string) =>
    readdirSync(join(views, folder))
      .filter((file) => file.endsWith(`.${kind}.hbs`))
      .map((file) => [file.slice(0, -`.${kind}.hbs`.length), readFileSync(join(views, folder, file), "utf8")] as const);

  handlebars.registerHelper("t", (key: string, { data }: Handlebars.HelperOptions) => {
    const root = data.root as { language: Language; values: Values };
    return letterTexts(root.language).say(key, root.values, (value) => isolate(value, root.language));
  });
  for (const [name, source] of [...sources("layouts"), ...sources("partials")]) {
    handlebars.registerPartial(name, handlebars.compile(source, options));
  }
  const letters = [...sources("emails"), ...sources("worded")];
  return new Map(letters.map(([name, source]) => [name, handlebars.compile(source, options) as Compiled]));
}
