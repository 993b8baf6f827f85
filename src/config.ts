/** The only reader of the environment. All faults are reported at once, each with what to do; no value is ever printed. */
import { isIP } from "node:net";
import { join } from "node:path";
import { z } from "zod";

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
  /** Null outside production: the data folder keeps one. */
  readonly sessionSecret: string | null;
  readonly sealKey: string | null;
  readonly publicUrl: string | null;
  /** Null: messages are kept and can be read. */
  readonly smtpUrl: string | null;
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
        `Diwan cannot start: ${faults.length === 1 ? "one variable" : `${faults.length} variables`} of the environment need mending.`,
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

const secret = (name: string) =>
  z
    .string()
    .min(32, { error: `must have 32 characters or more; make one with: openssl rand -hex 32 (it is the ${name})` });

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
  SESSION_SECRET: secret("key of the sessions"),
  SEAL_KEY: secret("key of the audit's daily seal; keep a copy outside this machine"),
  PUBLIC_URL: url(["http:", "https:"], "https://diwan.example.jo"),
  SMTP_URL: url(["smtp:", "smtps:"], "smtps://user:password@mail.example.jo:465"),
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
export function readConfig(environment: Environment, { production }: { production: boolean }): Config {
  const faults: EnvironmentFault[] = [];
  const values = read(environment, faults) as { [V in Variable]?: z.output<(typeof variables)[V]> };
  if (production) {
    for (const [variable, reason] of Object.entries(requiredInProduction)) {
      if (!environment[variable]) faults.push({ variable, reason });
    }
    if (values.DIWAN_NOW !== undefined) {
      faults.push({
        variable: "DIWAN_NOW",
        reason: "is for trying things out; in production time is what it is. Unset it.",
      });
    }
  }
  if (values.DATABASE_OWNER_URL !== undefined && values.DATABASE_URL === undefined) {
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
    trustProxy: values.TRUST_PROXY ?? false,
    now: values.DIWAN_NOW ?? null,
    logLevel: values.LOG_LEVEL ?? "info",
  };
}
