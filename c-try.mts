import { launchBrowser } from "./test/support/browser.ts";
const b = await launchBrowser(); const p = await b.newPage(); await p.goto("http://127.0.0.1:3033/admin/login"); console.log(await p.title()); await b.close();
