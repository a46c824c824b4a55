import { chromium } from 'playwright-core';
import { BrowserWindow } from './browserWindow.ts';
import { CHROMIUM_ARGUMENTS, ensureChromium } from './chromium.ts';
import { DEFAULT_TIMEOUT_MILLISECONDS } from './eventually.ts';

/** A browser with one window of VS Code. */
export interface BrowserSession {
  readonly window: BrowserWindow;
  close(): Promise<void>;
}

/** Opens the address of a served VS Code in headless Chromium and waits for the workbench. */
export async function openBrowserSession(address: string): Promise<BrowserSession> {
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: [...CHROMIUM_ARGUMENTS] });
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.setDefaultTimeout(DEFAULT_TIMEOUT_MILLISECONDS);
    await page.goto(address);
    const window = new BrowserWindow(page);
    await window.waitUntilReady();
    return { window, close: () => browser.close() };
  } catch (error) {
    await browser.close();
    throw error;
  }
}
