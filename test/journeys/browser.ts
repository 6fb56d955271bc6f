import { existsSync } from 'node:fs'
import axe from 'axe-core'
import { type Browser, type Page, chromium as playwright } from 'playwright-core'

/** A real Chromium: the one of the machine where there is one, else the one that npm brought. */
export const openBrowser = async (): Promise<Browser> => {
  const installed = '/usr/bin/chromium'
  const quiet = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
  // Read as it is imported: without it the libraries it comes with stay packed, and a plain machine has none of its own.
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs22.x'
  const { default: chromium } = await import('@sparticuz/chromium')
  // In one process Chromium ends with the first window that is closed.
  return existsSync(installed)
    ? playwright.launch({ executablePath: installed, args: quiet })
    : playwright.launch({
        executablePath: await chromium.executablePath(),
        args: chromium.args.filter((arg) => arg !== '--single-process'),
      })
}

/** One person of the cast at the console, in a browser window of their own: without JavaScript, unless a tool of the test needs it. */
export const personAt = async (
  browser: Browser,
  {
    consoleUrl,
    subject,
    withScripts = false,
  }: { readonly consoleUrl: string; readonly subject: string; readonly withScripts?: boolean },
) => {
  const context = await browser.newContext({ javaScriptEnabled: withScripts, locale: 'en-GB' })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  await page.goto(`${consoleUrl}/sign-in`)
  await page.locator(`button[value="${subject}"]`).click()
  await page.waitForURL(`${consoleUrl}/**`)
  return { page, ...hands(page), leave: () => context.close() }
}

const hands = (page: Page) => {
  const field = (name: string) => page.locator(`[name="${name}"]`)
  return {
    press: (words: string) =>
      page
        .getByRole('button', { name: words, exact: true })
        .or(page.getByRole('link', { name: words, exact: true }))
        .first()
        .click(),
    write: (name: string, text: string) => field(name).fill(text),
    pick: (name: string, value: string) => field(name).selectOption(value),
    choose: (name: string, value: string) => page.locator(`[name="${name}"][value="${value}"]`).check(),
    date: async (name: string, [year = '', month = '', day = '']: readonly string[]) => {
      await field(`${name}.day`).fill(day)
      await field(`${name}.month`).fill(month)
      await field(`${name}.year`).fill(year)
    },
    /** What axe finds on the page, by rule and place. */
    accessibilityFindings: async () => {
      await page.evaluate(axe.source)
      const { violations } = await page.evaluate<axe.AxeResults>(
        "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })",
      )
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
    },
    // biome-ignore lint/performance/useDomNodeTextContent: what a person sees is asked for, not what stands in the source.
    text: () => page.locator('body').innerText(),
  }
}
