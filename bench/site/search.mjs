// How long a reader waits who opens the first page on a slow mobile network and searches as soon as there is something to type into.
import puppeteer from 'puppeteer-core';

// The profile that Lighthouse simulates, here applied to every request: 150 ms there and back, 1.6 Mbit/s down, 0.75 up, a quarter of the processor.
const NETWORK = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (0.75 * 1024 * 1024) / 8 };
const SLOWDOWN = 4;
const PHONE = { width: 412, height: 823, deviceScaleFactor: 1.75, isMobile: true, hasTouch: true };
const LIMIT = 30_000;

/**
 * Milliseconds from the navigation to the answer on the screen. `how` names the site's way: `open` what has to be pressed before there is a
 * field, if anything, `field`, `query`, and `result`, elements of which one has to hold `expect`.
 */
export async function measureSearch(url, port, how) {
  const browser = await puppeteer.connect({ browserURL: `http://127.0.0.1:${port}`, defaultViewport: PHONE });
  try {
    const page = await browser.newPage();
    const devtools = await page.createCDPSession();
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', NETWORK);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
    // Not `goto`, which waits for the page: a reader does not.
    await devtools.send('Page.navigate', { url });
    // One that is pressed too early does nothing: it is pressed until the field is there, as a reader does.
    // While the new page comes there is none to ask.
    const ask = (question, selector) => page.evaluate(question, selector).catch(() => false);
    const isThere = (selector) => ask((selector) => location.protocol === 'http:' && (document.querySelector(selector)?.checkVisibility() ?? false), selector);
    const end = Date.now() + LIMIT;
    while (!(await isThere(how.field))) {
      if (end < Date.now()) throw new Error(`no ${how.field} within ${LIMIT} ms`);
      if (how.open && (await isThere(how.open))) await ask((selector) => document.querySelector(selector).click(), how.open);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const typed = await page.evaluate(() => performance.now());
    await page.focus(how.field);
    await page.keyboard.type(how.query);
    const answered = await page.waitForFunction(
      ({ result, expect }) => [...document.querySelectorAll(result)].some((one) => one.checkVisibility() && one.textContent.includes(expect)) && performance.now(),
      { polling: 'raf', timeout: LIMIT }, how);
    return { field: typed, answer: await answered.jsonValue() };
  } finally {
    await browser.disconnect();
  }
}
