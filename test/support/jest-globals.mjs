// What a natively run test file gets as `@jest/globals`: its exports change with each file, also for the modules that were
// loaded for a former one.
export let jest;
export let expect;
export let describe;
export let it;
export let test;
export let beforeAll;
export let beforeEach;
export let afterAll;
export let afterEach;

export function setGlobals(globals) {
  ({ jest, expect, describe, it, test, beforeAll, beforeEach, afterAll, afterEach } = globals);
}
