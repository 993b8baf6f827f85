// Runs a test file as Node itself would: its modules are imported natively and stay loaded for the next file of the same worker,
// where Jest would read and link all of them anew for each file, a third of the time of a run. The rest is Jest's own circus:
// time limits, -t, errors that nobody caught, results.
import { createRequire, register } from "node:module";
import { pathToFileURL } from "node:url";
import { ModernFakeTimers } from "@jest/fake-timers";
import runner from "jest-circus/runner";
import { ModuleMocker } from "jest-mock";
import { setGlobals } from "./jest-globals.mjs";

register("./native-hooks.mjs", import.meta.url);
process.setSourceMapsEnabled(true);
const require = createRequire(import.meta.url);
const { default: circus } = runner;
// Words, as each program loads them first.
await import("../../src/platform/messages/load-messages.ts");
const timeLimit = Symbol.for("TEST_TIMEOUT_SYMBOL");
const eventHandlers = Symbol.for("EVENT_HANDLERS");

/** What circus asks of a runtime. */
const runtimeWith = (jest) => ({
  requireInternalModule(file) {
    // Anew for each file: it holds the tests that were declared.
    delete require.cache[file];
    return require(file);
  },
  requireModule: require,
  setGlobalsForRuntime: (globals) => setGlobals({ ...globals, jest }),
  unstable_shouldLoadAsEsm: () => true,
  unstable_importModule: (file) => import(pathToFileURL(file).href),
  enterTestCode: () => undefined,
  leaveTestCode: () => undefined,
});

/** The `testRunner` of Jest's configuration. */
export default async function runNatively(globalConfig, config, _environment, _runtime, testPath, report) {
  // Jest's own finder of lines knows only what Jest has translated.
  Error.prepareStackTrace = undefined;
  // Left at the global object by the file before.
  delete globalThis[eventHandlers];
  delete globalThis[timeLimit];
  const variables = { ...process.env };
  const mocker = new ModuleMocker(globalThis);
  const timers = new ModernFakeTimers({ config, global: globalThis });
  const jest = {
    setTimeout(ms) {
      globalThis[timeLimit] = ms;
    },
    fn: mocker.fn.bind(mocker),
    spyOn: mocker.spyOn.bind(mocker),
    restoreAllMocks: () => mocker.restoreAllMocks(),
    useFakeTimers: (options) => timers.useFakeTimers(options),
    useRealTimers: () => timers.useRealTimers(),
    setSystemTime: (now) => timers.setSystemTime(now),
    advanceTimersByTimeAsync: (ms) => timers.advanceTimersByTimeAsync(ms),
  };
  try {
    return await circus(globalConfig, config, { global: globalThis }, runtimeWith(jest), testPath, report);
  } finally {
    mocker.restoreAllMocks();
    timers.useRealTimers();
    for (const name of Object.keys(process.env)) if (!(name in variables)) delete process.env[name];
    Object.assign(process.env, variables);
  }
}
