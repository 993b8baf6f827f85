/** The only reader of the environment. All faults are reported at once, each with what to do; no value is ever printed. */
import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { isAbsolute, join } from "node:path";
import { z } from "zod";
import { formatAlternatives } from "../engine/formatting/lists.js";
import { readKeyRing } from "../engine/text/key-ring.js";
import { isLanguage, languages } from "../engine/text/languages.js";
import { msg } from "../engine/text/msg.js";
import { type Bilingual, inLanguage, type Language, perLanguage } from "../engine/text/text.js";
import { type CallbackChecks, coversContent, ownSignature, readCallbackChecks } from "./sms/callback-checks.js";
import { type GatewayTemplate, plainTemplate, readGatewayTemplate } from "./sms/gateway-template.js";

export interface Config {
  readonly production: boolean;
  readonly port: number;
  readonly host: string;
  /** The data folder: embedded database, secrets, logins of the demo. */
  readonly home: string;
  /** The folder of files that cases carry. */
  readonly files: string;
  /** Null: the embedded database. */
  readonly databaseUrl: string | null;
  /** Who migrates and grants; null when only the running role is known here. */
  readonly databaseOwnerUrl: string | null;
  /** One secret or several keys, as `domain/key-ring.ts` reads them. Null outside production: the data folder keeps one. */
  readonly sessionSecret: string | null;
  readonly sealKey: string | null;
  readonly publicUrl: string | null;
  /** Null: messages are kept and can be read. */
  readonly smtpUrl: string | null;
  /** Null: text messages are kept and can be read. */
  readonly sms: SmsConfig | null;
  /** Where clamd listens: the path of its socket, or host:port. Null: nobody looks for viruses. */
  readonly clamdSocket: string | null;
  /** What Express calls `trust proxy`. */
  readonly trustProxy: boolean | number | string;
  /** A starting point that ticks; null for the machine's own time. */
  readonly now: Date | null;
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
}

/** The gateway of text messages. */
export interface SmsConfig {
  readonly url: string;
  readonly template: GatewayTemplate;
  /** Null: the gateway calls nothing back. */
  readonly callbacks: CallbackChecks | null;
}

export interface EnvironmentFault {
  readonly variable: string;
  readonly reason: Bilingual;
}

/** Names every variable at fault. */
export class EnvironmentError extends Error {
  constructor(readonly faults: readonly EnvironmentFault[]) {
    super(linesOf(faults, "en").join("\n"));
    this.name = "EnvironmentError";
  }
  /** For a terminal, a line a fault. */
  lines(language: Language): string[] {
    return linesOf(this.faults, language);
  }
}

const linesOf = (faults: readonly EnvironmentFault[], language: Language): string[] => [
  inLanguage(msg("platform.config.cannotStart", { n: faults.length }), language),
  ...faults.map(({ variable, reason }) => `  ${variable}: ${inLanguage(reason, language)}`),
];

/** A text for which `holds` is true; else its fault in these words. */
const text = (holds: (value: string) => boolean, words: Bilingual) => z.string().refine(holds, { params: { words } });

const url = (protocols: readonly string[], example: string) =>
  text(
    (value) => {
      try {
        const parsed = new URL(value);
        return protocols.includes(parsed.protocol) && parsed.hostname !== "";
      } catch {
        return false;
      }
    },
    msg("platform.config.address", { example }),
  );

const databaseExample = "postgres://user:password@host:5432/diwan";
const databaseUrl = url(["postgres:", "postgresql:"], databaseExample).refine(
  (value) => !URL.canParse(value) || new URL(value).pathname.length > 1,
  { params: { words: msg("platform.config.databaseName", { example: databaseExample }) } },
);

/** One secret, or several keys of which the first writes. */
const keys = (key: Bilingual) =>
  z.string().superRefine((value, context) => {
    const read = readKeyRing(value);
    if (!("fault" in read)) return;
    context.addIssue({ code: "custom", params: { words: msg("platform.config.itIsThe", { what: read.fault, key }) } });
  });

/** What Express takes for the address of a proxy: a name for a range, an address, or a subnet. */
function isProxy(part: string): boolean {
  if (["loopback", "linklocal", "uniquelocal"].includes(part)) return true;
  const [address = "", bits, ...rest] = part.split("/");
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return most > 0 && rest.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
}

const trustProxy = z.string().transform((value, context): boolean | number | string => {
  if (value === "true" || value === "false") return value === "true";
  if (/^\d{1,2}$/.test(value)) return Number(value);
  if (value.split(",").every((part) => isProxy(part.trim()))) return value;
  context.addIssue({ code: "custom", params: { words: msg("platform.config.trustProxy") } });
  return z.NEVER;
});

const moment = z.string().transform((value, context): Date => {
  const parsed = new Date(value);
  const isMoment = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(value);
  if (isMoment && !Number.isNaN(parsed.getTime())) {
    // The 30th of February would silently be the 2nd of March.
    const day = value.slice(0, 10);
    if (new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)) return parsed;
  }
  context.addIssue({ code: "custom", params: { words: msg("platform.config.moment") } });
  return z.NEVER;
});

const folder = text((value) => !value.includes("\0") && value.trim() !== "", msg("platform.config.folder"));
const levels = ["debug", "info", "warn", "error", "silent"] as const;

const variables = {
  PORT: text(
    (value) => /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65535,
    msg("platform.config.port"),
  ).transform(Number),
  HOST: text((value) => /^[\w.:-]+$/.test(value), msg("platform.config.host")),
  DIWAN_HOME: folder,
  DIWAN_FILES: folder,
  DATABASE_URL: databaseUrl,
  DATABASE_OWNER_URL: databaseUrl,
  SESSION_SECRET: keys(msg("platform.config.sessionKey")),
  SEAL_KEY: keys(msg("platform.config.sealKey")),
  PUBLIC_URL: url(["http:", "https:"], "https://diwan.example.jo"),
  SMTP_URL: url(["smtp:", "smtps:"], "smtps://user:password@mail.example.jo:465"),
  SMS_URL: url(["http:", "https:"], "https://gateway.example.jo/send"),
  SMS_GATEWAY: z.string().transform((value, context): GatewayTemplate => {
    const read = readGatewayTemplate(value);
    if (read.at === undefined) return read.template;
    context.addIssue({ code: "custom", params: { words: msg("platform.config.smsGateway", { at: read.at }) } });
    return z.NEVER;
  }),
  SMS_CALLBACKS: z.string().transform((value, context): CallbackChecks => {
    const read = readCallbackChecks(value);
    if (read.at === undefined) return read.checks;
    context.addIssue({ code: "custom", params: { words: msg("platform.config.smsCallbacks", { at: read.at }) } });
    return z.NEVER;
  }),
  SMS_CALLBACK_SECRET: text((value) => value.length >= 32, msg("platform.config.smsCallbackSecret")),
  CLAMD_SOCKET: text(
    (value) => /^(\/[^\0]+|([\w.-]+|\[[0-9a-fA-F:.]+\]):\d{1,5})$/.test(value),
    msg("platform.config.clamd"),
  ),
  TRUST_PROXY: trustProxy,
  DIWAN_NOW: moment,
  // The command line reads it before anything else (`cli/spoken-language.ts`); here what it holds is checked.
  DIWAN_LANG: text(
    isLanguage,
    msg("platform.config.language", {
      languages: perLanguage((language) => formatAlternatives(languages(), language)),
    }),
  ),
  LOG_LEVEL: text((value) => levels.some((level) => level === value), msg("platform.config.logLevel")).transform(
    (value) => value as (typeof levels)[number],
  ),
} as const;
type Variable = keyof typeof variables;

const requiredInProduction: Readonly<Partial<Record<Variable, Bilingual>>> = {
  DATABASE_URL: msg("platform.config.databaseMissing"),
  SESSION_SECRET: msg("platform.config.sessionSecretMissing"),
  SEAL_KEY: msg("platform.config.sealKeyMissing"),
  PUBLIC_URL: msg("platform.config.publicUrlMissing"),
};

type Environment = Readonly<Record<string, string | undefined>>;

/** What these hold may come from a file instead, which `…_FILE` names: how containers and systemd hand secrets over. */
const secretVariables = [
  "DATABASE_URL",
  "DATABASE_OWNER_URL",
  "SESSION_SECRET",
  "SEAL_KEY",
  "SMTP_URL",
  "SMS_URL",
  "SMS_GATEWAY",
  "SMS_CALLBACKS",
  "SMS_CALLBACK_SECRET",
] as const;

/** Null where it cannot be used; the fault is noted then. */
function fromFile(variable: string, file: string, faults: EnvironmentFault[]): string | null {
  const fault = (reason: Bilingual) => {
    faults.push({ variable: `${variable}_FILE`, reason });
    return null;
  };
  // Somebody may have written the secret itself here: what is no whole path is not repeated.
  if (!isAbsolute(file)) return fault(msg("platform.config.wholePath"));
  try {
    const text = readFileSync(file, "utf8").replace(/[\r\n]+$/, "");
    return text === "" ? fault(msg("platform.config.fileEmpty", { file })) : text;
  } catch (error) {
    const { code = "?" } = error as NodeJS.ErrnoException;
    return fault(msg("platform.config.fileUnreadable", { file, code }));
  }
}

/** The environment with what stands in files put in its place. */
function withFiles(environment: Environment, faults: EnvironmentFault[]): Environment {
  const read: Record<string, string> = {};
  for (const variable of secretVariables) {
    const file = environment[`${variable}_FILE`];
    if (!file) continue;
    if (environment[variable]) {
      faults.push({ variable: `${variable}_FILE`, reason: msg("platform.config.setBeside", { variable }) });
      continue;
    }
    const text = fromFile(variable, file, faults);
    if (text !== null) read[variable] = text;
  }
  return { ...environment, ...read };
}

/** As the schema that found it says it. */
function wordsOf({ issues: [issue] }: z.ZodError): Bilingual {
  const { words } = (issue?.code === "custom" ? issue.params : undefined) ?? {};
  return (words as Bilingual | undefined) ?? msg("platform.config.notValid");
}

function read(environment: Environment, faults: EnvironmentFault[]): Partial<Record<Variable, unknown>> {
  const values: Partial<Record<Variable, unknown>> = {};
  for (const [variable, schema] of Object.entries(variables) as [Variable, z.ZodType][]) {
    const given = environment[variable];
    // An empty variable is one that was not set: that is how compose files leave things out.
    if (given === undefined || given === "") continue;
    const parsed = schema.safeParse(given);
    if (parsed.success) values[variable] = parsed.data;
    else faults.push({ variable, reason: wordsOf(parsed.error) });
  }
  return values;
}

type Values = { readonly [V in Variable]?: z.output<(typeof variables)[V]> };

/** What would let callbacks be believed that nothing shows to be the gateway's. */
function callbackFaults(values: Values): readonly EnvironmentFault[] {
  const { SMS_CALLBACKS: checks, SMS_GATEWAY: template = plainTemplate } = values;
  if (checks === undefined) return [];
  const fault = (reason: Bilingual): EnvironmentFault => ({ variable: "SMS_CALLBACKS", reason });
  const unsigned = (["reports", "inbound"] as const).filter((kind) => !coversContent(checks, template[kind].as));
  return [
    ...(values.SMS_CALLBACK_SECRET === undefined ? [] : [fault(msg("platform.config.smsCallbacksTwice"))]),
    ...(checks.addresses !== undefined && values.TRUST_PROXY === true
      ? [fault(msg("platform.config.smsCallbacksProxy"))]
      : []),
    ...unsigned.map((kind) => fault(msg("platform.config.smsCallbacksUnsigned", { kind, as: template[kind].as }))),
  ];
}

/** Throws EnvironmentError naming every missing or wrong variable. */
export function readConfig(given: Environment, { production }: { production: boolean }): Config {
  const faults: EnvironmentFault[] = [];
  const environment = withFiles(given, faults);
  const values = read(environment, faults) as Values;
  if (production) {
    for (const [variable, reason] of Object.entries(requiredInProduction)) {
      // A file that cannot be used is a fault of its own.
      if (!environment[variable] && !given[`${variable}_FILE`]) faults.push({ variable, reason });
    }
    if (values.DIWAN_NOW !== undefined) {
      faults.push({ variable: "DIWAN_NOW", reason: msg("platform.config.testingOnly") });
    }
  }
  if (values.DATABASE_OWNER_URL !== undefined && values.DATABASE_URL === undefined && !given.DATABASE_URL_FILE) {
    faults.push({ variable: "DATABASE_URL", reason: msg("platform.config.missingBesideOwner") });
  }
  for (const variable of ["SMS_GATEWAY", "SMS_CALLBACKS", "SMS_CALLBACK_SECRET"] as const) {
    if (values[variable] === undefined || values.SMS_URL !== undefined || environment.SMS_URL) continue;
    faults.push({ variable: "SMS_URL", reason: msg("platform.config.missingBeside", { variable }) });
  }
  faults.push(...callbackFaults(values));
  const [running, owning] = [values.DATABASE_URL, values.DATABASE_OWNER_URL].map(
    (value) => value && new URL(value).username,
  );
  if (running !== undefined && running === owning) {
    faults.push({ variable: "DATABASE_URL", reason: msg("platform.config.anotherRole") });
  }
  if (faults.length > 0) throw new EnvironmentError(faults);
  const home = values.DIWAN_HOME ?? "./var";
  return {
    production,
    port: values.PORT ?? 3000,
    host: values.HOST ?? "127.0.0.1",
    home,
    files: values.DIWAN_FILES ?? join(home, "files"),
    databaseUrl: values.DATABASE_URL ?? null,
    databaseOwnerUrl: values.DATABASE_OWNER_URL ?? null,
    sessionSecret: values.SESSION_SECRET ?? null,
    sealKey: values.SEAL_KEY ?? null,
    publicUrl: values.PUBLIC_URL ?? null,
    smtpUrl: values.SMTP_URL ?? null,
    sms:
      values.SMS_URL === undefined
        ? null
        : {
            url: values.SMS_URL,
            template: values.SMS_GATEWAY ?? plainTemplate,
            callbacks:
              values.SMS_CALLBACKS ??
              (values.SMS_CALLBACK_SECRET === undefined ? null : ownSignature(values.SMS_CALLBACK_SECRET)),
          },
    clamdSocket: values.CLAMD_SOCKET ?? null,
    trustProxy: values.TRUST_PROXY ?? false,
    now: values.DIWAN_NOW ?? null,
    logLevel: values.LOG_LEVEL ?? "info",
  };
}
