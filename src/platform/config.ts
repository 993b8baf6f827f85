/** The only reader of the environment. All faults are reported at once, each with what to do; no value is ever printed. */
import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { isAbsolute, join } from "node:path";
import { z } from "zod";
import { readKeyRing } from "../engine/text/key-ring.js";

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
  /** Where clamd listens: the path of its socket, or host:port. Null: nobody looks for viruses. */
  readonly clamdSocket: string | null;
  /** What Express calls `trust proxy`. */
  readonly trustProxy: boolean | number | string;
  /** A starting point that ticks; null for the machine's own time. */
  readonly now: Date | null;
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
}

export interface EnvironmentFault {
  readonly variable: string;
  readonly reason: string;
}

/** Names every variable at fault. */
export class EnvironmentError extends Error {
  constructor(readonly faults: readonly EnvironmentFault[]) {
    super(
      [
        `Diwan cannot start: ${faults.length === 1 ? "one variable" : `${faults.length} variables`} of the environment must be corrected.`,
        ...faults.map(({ variable, reason }) => `  ${variable}: ${reason}`),
      ].join("\n"),
    );
    this.name = "EnvironmentError";
  }
}

const url = (protocols: readonly string[], example: string) =>
  z.string().refine(
    (value) => {
      try {
        const parsed = new URL(value);
        return protocols.includes(parsed.protocol) && parsed.hostname !== "";
      } catch {
        return false;
      }
    },
    { error: `must be an address like ${example}` },
  );

const databaseUrl = url(["postgres:", "postgresql:"], "postgres://user:password@host:5432/diwan").refine(
  (value) => !URL.canParse(value) || new URL(value).pathname.length > 1,
  { error: "must name a database: postgres://user:password@host:5432/diwan" },
);

/** One secret, or several keys of which the first writes. */
const keys = (name: string) =>
  z.string().superRefine((value, context) => {
    const read = readKeyRing(value);
    if ("fault" in read) context.addIssue({ code: "custom", message: `${read.fault} (it is the ${name})` });
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
  context.addIssue({
    code: "custom",
    message: "must be true, false, the number of proxies in front, or their addresses separated by commas",
  });
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
  context.addIssue({ code: "custom", message: "must be a moment like 2026-11-25T08:00:00+03:00" });
  return z.NEVER;
});

const variables = {
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, { error: "must be a port number from 1 to 65535" })
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65535, { error: "must be a port number from 1 to 65535" }),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, { error: "must be an address or a host name to listen on, like 127.0.0.1 or 0.0.0.0" }),
  DIWAN_HOME: z
    .string()
    .refine((value) => !value.includes("\0") && value.trim() !== "", { error: "must be the path of a folder" }),
  DIWAN_FILES: z
    .string()
    .refine((value) => !value.includes("\0") && value.trim() !== "", { error: "must be the path of a folder" }),
  DATABASE_URL: databaseUrl,
  DATABASE_OWNER_URL: databaseUrl,
  SESSION_SECRET: keys("key of the sessions"),
  SEAL_KEY: keys("key of the audit's daily seal; keep a copy outside this machine"),
  PUBLIC_URL: url(["http:", "https:"], "https://diwan.example.jo"),
  SMTP_URL: url(["smtp:", "smtps:"], "smtps://user:password@mail.example.jo:465"),
  CLAMD_SOCKET: z.string().regex(/^(\/[^\0]+|([\w.-]+|\[[0-9a-fA-F:.]+\]):\d{1,5})$/, {
    error: "must be the path of clamd's socket like /run/clamav/clamd.ctl, or host:port like 127.0.0.1:3310",
  }),
  TRUST_PROXY: trustProxy,
  DIWAN_NOW: moment,
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"], {
    error: "must be debug, info, warn, error or silent",
  }),
} as const;
type Variable = keyof typeof variables;

const requiredInProduction: Readonly<Partial<Record<Variable, string>>> = {
  DATABASE_URL: "is missing; set it to the running role's address: postgres://diwan:password@host:5432/diwan",
  SESSION_SECRET: "is missing; make one with: openssl rand -hex 32",
  SEAL_KEY: "is missing; make one with: openssl rand -hex 32, and keep a copy outside this machine",
  PUBLIC_URL: "is missing; set it to the address that people open, like https://diwan.example.jo",
};

type Environment = Readonly<Record<string, string | undefined>>;

/** What these hold may come from a file instead, which `…_FILE` names: how containers and systemd hand secrets over. */
const secretVariables = ["DATABASE_URL", "DATABASE_OWNER_URL", "SESSION_SECRET", "SEAL_KEY", "SMTP_URL"] as const;

/** Null where it cannot be used; the fault is noted then. */
function fromFile(variable: string, file: string, faults: EnvironmentFault[]): string | null {
  const fault = (reason: string) => {
    faults.push({ variable: `${variable}_FILE`, reason });
    return null;
  };
  // Somebody may have written the secret itself here: what is no whole path is not repeated.
  if (!isAbsolute(file)) return fault("must be the whole path of a file, from the root on");
  try {
    const text = readFileSync(file, "utf8").replace(/[\r\n]+$/, "");
    return text === "" ? fault(`the file ${file} is empty`) : text;
  } catch (error) {
    return fault(`the file ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown"})`);
  }
}

/** The environment with what stands in files put in its place. */
function withFiles(environment: Environment, faults: EnvironmentFault[]): Environment {
  const read: Record<string, string> = {};
  for (const variable of secretVariables) {
    const file = environment[`${variable}_FILE`];
    if (!file) continue;
    if (environment[variable]) {
      faults.push({ variable: `${variable}_FILE`, reason: `is set beside ${variable}; set one of the two` });
      continue;
    }
    const text = fromFile(variable, file, faults);
    if (text !== null) read[variable] = text;
  }
  return { ...environment, ...read };
}

function read(environment: Environment, faults: EnvironmentFault[]): Partial<Record<Variable, unknown>> {
  const values: Partial<Record<Variable, unknown>> = {};
  for (const [variable, schema] of Object.entries(variables) as [Variable, z.ZodType][]) {
    const given = environment[variable];
    // An empty variable is one that was not set: that is how compose files leave things out.
    if (given === undefined || given === "") continue;
    const parsed = schema.safeParse(given);
    if (parsed.success) values[variable] = parsed.data;
    else faults.push({ variable, reason: parsed.error.issues[0]?.message ?? "is not valid" });
  }
  return values;
}

/** Throws EnvironmentError naming every missing or wrong variable. */
export function readConfig(given: Environment, { production }: { production: boolean }): Config {
  const faults: EnvironmentFault[] = [];
  const environment = withFiles(given, faults);
  const values = read(environment, faults) as { [V in Variable]?: z.output<(typeof variables)[V]> };
  if (production) {
    for (const [variable, reason] of Object.entries(requiredInProduction)) {
      // A file that cannot be used is a fault of its own.
      if (!environment[variable] && !given[`${variable}_FILE`]) faults.push({ variable, reason });
    }
    if (values.DIWAN_NOW !== undefined) {
      faults.push({
        variable: "DIWAN_NOW",
        reason: "is for testing only and is not allowed in production. Unset it.",
      });
    }
  }
  if (values.DATABASE_OWNER_URL !== undefined && values.DATABASE_URL === undefined && !given.DATABASE_URL_FILE) {
    faults.push({
      variable: "DATABASE_URL",
      reason: "is missing beside DATABASE_OWNER_URL; set both, or neither for the embedded database",
    });
  }
  const [running, owning] = [values.DATABASE_URL, values.DATABASE_OWNER_URL].map(
    (value) => value && new URL(value).username,
  );
  if (running !== undefined && running === owning) {
    faults.push({
      variable: "DATABASE_URL",
      reason: "must be another role than DATABASE_OWNER_URL: the running role may not own what it must not alter",
    });
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
    clamdSocket: values.CLAMD_SOCKET ?? null,
    trustProxy: values.TRUST_PROXY ?? false,
    now: values.DIWAN_NOW ?? null,
    logLevel: values.LOG_LEVEL ?? "info",
  };
}
