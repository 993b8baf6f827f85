/**
 * Imports point one way: the ways in → app → features, each those before it → platform → engine.
 * A file of src/ that lies in none of these may import nothing of ours.
 */

/** Features in the order of the story: each may import those before it. */
const features = [
  "setup",
  "people",
  "files",
  "instructions",
  "policy",
  "cases",
  "notifications",
  "intake",
  "contact-centre",
  "orders",
  "reports",
  "audit",
  "operations",
  "home",
  "config-files",
  "portal",
];

const either = (places) => `^src/(${places.join("|")})/`;
const types = { dependencyTypesNot: ["type-only"] };
const waysIn = "^src/(main|cli|demo)\\.ts$";

const order = (name, place, allowed) => ({
  name: `order-${name}`,
  comment: `${place} may import itself${allowed.length > 0 ? `, ${allowed.join(", ")}` : ""}`,
  severity: "error",
  from: { path: either([place]) },
  to: { path: "^src/", pathNot: either([place, ...allowed]) },
});

module.exports = {
  forbidden: [
    order("engine", "engine", []),
    order("platform", "platform", ["engine"]),
    ...features.map((feature, at) =>
      order(feature, `features/${feature}`, [
        "engine",
        "platform",
        ...features.slice(0, at).map((before) => `features/${before}`),
      ]),
    ),
    order("app", "app", ["engine", "platform", "features"]),
    {
      name: "known-place",
      comment: "what lies in none of the folders above has no place in the order: put it into one of them",
      severity: "error",
      from: {
        path: "^src/.*/",
        pathNot: either(["engine", "platform", "app", ...features.map((feature) => `features/${feature}`)]),
      },
      to: { path: "^src/" },
    },
    {
      name: "only-ways-in-start",
      comment: "the application is put together in one place; features and platform are given what they need",
      severity: "error",
      from: { path: "^src/", pathNot: `${waysIn}|^src/app/` },
      to: { path: "^src/app/" },
    },
    {
      name: "pure-engine",
      comment: "the engine has no clock, no database, no network, no files",
      severity: "error",
      from: { path: "^src/engine/" },
      to: {
        dependencyTypesNot: ["local"],
        pathNot: "^(node:)?crypto$|^node_modules/(ajv|handlebars|intl-messageformat|json-rules-engine)/|^src/",
      },
    },
    {
      name: "no-circle",
      comment: "also one of types alone: two files that need each other are one, or need a third",
      severity: "error",
      from: { path: "^src/" },
      to: { circular: true },
    },
    {
      name: "no-tests-in-src",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^test/" },
    },
    {
      name: "screens-run-in-browsers",
      comment: "a screen takes words and checks from the engine, pieces from platform/ui, and types of all else",
      severity: "error",
      from: { path: "^src/.*\\.tsx$|^src/platform/ui/" },
      to: {
        path: "^(src/platform/|node:)|\\.(service|store|queries|page|resource|command|routes)\\.ts$",
        pathNot: "^src/platform/ui/",
        ...types,
      },
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
        pathNot:
          "\\.tsx$|^src/(launch\\.mjs$|platform/ui/|(platform/admin/build-assets|features/portal/build-portal|platform/messages/(browser-words|message-faults|formatter-only))\\.ts$)",
      },
      to: {
        dependencyTypes: ["npm-dev"],
        dependencyTypesNot: ["type-only"],
        pathNot: "^node_modules/(@types|react|react-router-dom|@dagrejs)/",
      },
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
