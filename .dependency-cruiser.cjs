/**
 * Imports point one way along the story: received, recorded, decided, moved, watched, told, counted.
 * Every folder of src/ stands in one of the two tables; a folder that stands in none may import nothing of ours.
 */

/** What everybody may use: the types of the services, and what may be written down of an error. */
const everywhere = ["services", "error-summary"];

/** What a folder may import besides itself and that. */
const story = {
  domain: [],
  // Files for browsers: how any door builds and serves them.
  assets: [],
  // What goes over the wire: how any door takes and sends a file of a case, and which bodies of JSON it takes.
  transfer: ["domain"],
  db: ["domain"],
  configuration: ["domain", "db"],
  cases: ["domain", "db", "configuration"],
  intake: ["domain", "db", "configuration", "cases"],
  deadlines: ["domain", "db", "configuration", "cases"],
  // Cases and intake take staged files along by rows of the database; of checking and storing files they know nothing.
  attachments: ["domain", "db", "configuration", "cases"],
  notifications: ["domain", "db", "configuration"],
  reports: ["domain", "db", "configuration"],
  audit: ["domain", "db", "configuration"],
  accounts: ["domain", "db", "configuration"],
  live: ["domain", "db"],
};

/**
 * Doors are given services and never know each other. What they may take by value is listed here; of what stands
 * behind the services they may know types only.
 */
const doors = {
  http: ["domain", "db"],
  jobs: ["domain", "db"],
  // History is checked by the same readers of single values as a new application.
  channels: ["domain", "db", "configuration", "intake/(input-checks|extra-fields)", "transfer"],
  // Files are checked, and digests are named, without any service; of the database commands know types only.
  commands: ["domain", "configuration/(check-config|definition-faults)", "reports/digests"],
  // Resources read set-up tables through their models, inside the official's scope; they write through services.
  admin: ["domain", "db", "assets", "transfer"],
  // Applicants have no account: whatever they may see or do comes from services.
  portal: ["domain", "assets", "db/connect", "transfer"],
};

const either = (names) => `^src/(${names.join("|")})(/|\\.ts$)`;
/** What must be said or refused alike in browsers and on the server. */
const bothSides =
  "^src/domain/(audit/coverage|case-reference|change-set/affects-decisions|doubled-names|explain/overruled-words|normalise-text|rules/(gone-field|match-keywords|keyword-hits)|search/leads-to-person|workflow/(effect-fields|workflow-titles))\\.ts$";
const types = { dependencyTypesNot: ["type-only"] };
const behind = Object.keys(story);

const storyRules = Object.entries(story).map(([folder, allowed]) => ({
  name: `order-${folder}`,
  comment: `${folder} may import ${allowed.join(", ") || "nothing of ours"}`,
  severity: "error",
  from: { path: `^src/${folder}/` },
  to: { path: "^src/", pathNot: either([folder, ...(folder === "domain" ? ["services"] : everywhere), ...allowed]) },
}));

const doorRules = Object.entries(doors).flatMap(([folder, allowed]) => [
  {
    name: `door-${folder}`,
    comment: `${folder} is a door: no other door, no root, only what is behind the services`,
    severity: "error",
    // The command line's contract names the types of all services, also those that a channel offers.
    from: { path: `^src/${folder}/`, pathNot: "^src/commands/cli-services\\.ts$" },
    to: { path: "^src/", pathNot: either([folder, ...everywhere, ...behind]) },
  },
  {
    name: `door-${folder}-values`,
    comment: `${folder} may import values of ${allowed.join(", ")}; of the rest it is given services`,
    severity: "error",
    from: { path: `^src/${folder}/` },
    to: { path: "^src/", pathNot: either([folder, ...everywhere, ...allowed]), ...types },
  },
]);

module.exports = {
  forbidden: [
    ...storyRules,
    ...doorRules,
    {
      name: "known-folder",
      comment: "a new folder of src/ needs a place in the story: add it to a table above",
      severity: "error",
      from: { path: "^src/[^/]+/", pathNot: either([...behind, ...Object.keys(doors), "demo"]) },
      to: { path: "^src/" },
    },
    {
      name: "order-demo",
      comment: "the living population uses what everybody uses: the composed services",
      severity: "error",
      from: { path: "^src/demo/" },
      to: { path: "^src/", pathNot: either(["demo", "compose", "services", "domain", "db", "configuration"]) },
    },
    {
      name: "only-roots-compose",
      comment: "services are put together in one place and given to whoever needs them",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(main|cli|demo|serve)\\.ts$|^src/demo/" },
      to: { path: "^src/compose\\.ts$" },
    },
    {
      name: "services-are-types",
      severity: "error",
      from: { path: "^src/services\\.ts$" },
      to: { path: "^src/", pathNot: "^src/domain/" },
    },
    {
      name: "pure-domain",
      comment: "the domain has no clock, no database, no network, no files",
      severity: "error",
      from: { path: "^src/domain/" },
      to: {
        dependencyTypesNot: ["local"],
        pathNot: "^(node:)?crypto$|^node_modules/(ajv|handlebars|json-rules-engine)/|^src/",
      },
    },
    {
      name: "no-circle",
      severity: "error",
      from: { path: "^src/" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-tests-in-src",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^test/" },
    },
    {
      name: "components-run-in-browsers",
      comment:
        "what runs in a browser takes types from the server, never code, but for the few files that are both sides'",
      severity: "error",
      from: { path: "^src/admin/components/" },
      to: { path: "^(src/|node:)", pathNot: ["^src/admin/components/", bothSides], ...types },
    },
    {
      name: "both-sides-stand-alone",
      comment: "what browsers and the server run brings nothing else into a browser than what both run",
      severity: "error",
      from: { path: bothSides },
      to: { path: ".", pathNot: bothSides, ...types },
    },
    {
      name: "resolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "no-development-packages",
      comment:
        "production is installed without them; a step of the build, which is no part of the product, uses the bundler, and bundles what browsers run",
      severity: "error",
      from: {
        path: "^src/",
        pathNot: "^src/(admin/components/|(admin/assets/build-assets|portal/assets/build-portal)\\.ts$)",
      },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"], pathNot: "^node_modules/@types/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
