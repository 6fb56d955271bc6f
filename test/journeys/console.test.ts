import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { interestRules } from '@concord/domain/independence/facts'
import { dateAt } from '@concord/domain/time'
import { systemClock } from '@concord/platform/system'
import { aBibliography } from '@concord/testkit/bibliography'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cast } from '../../local/cast.ts'
import { openConcord } from '../../local/open.ts'
import { openBrowser, personAt } from './browser.ts'

const folder = mkdtempSync(join(tmpdir(), 'concord-browser-'))
let concord: Awaited<ReturnType<typeof openConcord>>
let browser: Browser
beforeAll(async () => {
  concord = await openConcord({ folder, basePort: 5300, inMemory: true })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await concord.stop()
  rmSync(folder, { recursive: true, force: true })
})

const as = (subject: string) => personAt(browser, { consoleUrl: concord.consoleUrl, subject })
type Person = Awaited<ReturnType<typeof as>>

/** What an event implies on somebody else's side is there seconds later: the page is loaded again until it is. */
const until = async (person: Person, path: string, words: string) => {
  for (let tries = 0; tries < 60; tries += 1) {
    await person.page.goto(`${concord.consoleUrl}${path}`)
    if ((await person.text()).includes(words)) return
    await person.page.waitForTimeout(500)
  }
  throw new Error(`${path} never said “${words}”`)
}

const child = { givenName: 'Quillonia', familyName: 'Zweckenberg' }

const fillDraft = async ({ write, pick, choose, date, press }: Person) => {
  const today = dateAt(systemClock.now()).split('-')
  await choose('routing.screen.deteriorating', 'no')
  await choose('routing.screen.marthasRuleUsed', 'no')
  await pick('routing.tfc', '421')
  await choose('routing.kind', 'treatment-choice')
  await choose('routing.urgency', 'U2')
  await choose('routing.mode', 'records')
  await write('texts.brief.question', 'Would surgery be worth assessing for now?')
  await write('texts.brief.background', 'Focal seizures on three medicines.')
  await write('texts.brief.team.0.name', 'Dr Carla Consultant')
  await write('routing.treating.0.gmc', '9990009')
  await choose('routing.treating.0.role', 'lead')
  await pick('routing.treating.0.grade', 'consultant')
  await choose('routing.treating.0.teams-is', 'none')
  for (const asked of ['unwelcome', 'discussedWith', 'treatedBy']) await choose(`routing.${asked}-is`, 'none')
  await choose('routing.sites', 'RA723')
  await date('routing.familyInformedOn', today)
  await choose('routing.agreement.basis', 'parent')
  await date('routing.agreement.on', today)
  await write('texts.identity.givenName', child.givenName)
  await write('texts.identity.familyName', child.familyName)
  await date('texts.identity.bornOn', ['2019', '3', '4'])
  await write('texts.identity.nhsNumber', '999 010 0071')
  await write('texts.narrative.summary', 'First seizure at four.')
  await write('texts.narrative.teamView', 'The team leans towards surgery.')
  await write('texts.narrative.familyQuestions', 'What would you do first?')
  await press('Save the draft')
}

describe('the console in a real browser without JavaScript', () => {
  test('takes a request from a draft to an opinion that the trust reads', async () => {
    const requester = await as('requester-bristol')
    await requester.press('New request')
    await fillDraft(requester)
    expect(await requester.text()).toContain('The draft was saved')
    const path = new URL(requester.page.url()).pathname
    await requester.leave()

    const lead = await as('eso-lead-bristol')
    await lead.page.goto(`${concord.consoleUrl}${path}`)
    await lead.press('Submit to the network')
    expect(await lead.text()).toContain('submitted to the network')
    await lead.leave()

    const coordinator = await as('coordinator')
    await coordinator.page.goto(`${concord.consoleUrl}${path}`)
    await coordinator.press('Take up for triage')
    await coordinator.press('Complete triage')
    await coordinator.press('Draw up the shortlist')
    await coordinator.page.goto(`${concord.consoleUrl}${path}/shortlist`)
    const shortlist = await coordinator.text()
    expect(shortlist).toContain('C01')
    expect(shortlist).not.toContain(child.familyName)
    const offers = await coordinator.page
      .locator('form input[name="clinician"]')
      .evaluateAll((inputs) => inputs.map((input) => input.getAttribute('value') ?? ''))
    const chosen = cast.find(({ actsAs }) => offers.some((id) => actsAs?.endsWith(id)))
    if (!chosen?.actsAs) throw new Error('Nobody of the cast can be offered this request')
    const id = chosen.actsAs.slice(chosen.actsAs.lastIndexOf('/') + 1)
    await coordinator.page
      .locator('form', { has: coordinator.page.locator(`input[name="clinician"][value="${id}"]`) })
      .getByRole('button')
      .click()
    expect(await coordinator.text()).toContain('The request was offered')
    await coordinator.leave()

    const clinician = await as(chosen.subject)
    await clinician.page.goto(`${concord.consoleUrl}/register/${id}`)
    await clinician.page
      .locator('input[type="file"]')
      .setInputFiles({ name: 'works.nbib', mimeType: 'text/plain', buffer: Buffer.from(aBibliography) })
    await clinician.press('Read the file')
    expect(await clinician.text()).toContain('3 works, read on')
    await until(clinician, '/inbox', 'Reply')
    await clinician.page.goto(`${concord.consoleUrl}${path}`)
    const brief = await clinician.text()
    expect(brief).toContain('Would surgery be worth assessing')
    expect(brief).not.toContain(child.familyName)
    await clinician.press('Declare and accept')
    expect(await clinician.text()).toContain('“An invented trial of an invented treatment in children.” (2025)')
    for (const n of [0, 1]) await clinician.choose(`works.${n}.said`, 'not-theirs')
    for (const question of ['C05', 'C06', 'C13']) await clinician.choose(`declaration.${question}`, 'no')
    for (const question of ['C07', 'C08', 'C10', 'C12'])
      await clinician.choose(`declaration.consultants.0.${question}`, 'no')
    for (const question of interestRules) await clinician.choose(`declaration.interests.${question}`, 'no')
    await clinician.page.locator('main form button[type="submit"]').last().click()
    expect(await clinician.text()).toContain('You accepted')

    const family = await as('requester-bristol')
    await family.page.goto(`${concord.consoleUrl}${path}`)
    await family.press('Record the family’s view and share the pack')
    await family.choose('familyView', 'agrees')
    await family.page.locator('main form button[type="submit"]').last().click()
    expect(await family.text()).toContain('the pack was shared')

    await until(clinician, path, 'See the names and open the pack')
    await clinician.press('See the names and open the pack')
    const names = await clinician.text()
    expect(names).toContain(child.familyName)
    expect(names).not.toContain('First seizure at four')
    for (const question of ['C05', 'C12', 'C13']) await clinician.choose(`answers.${question}`, 'no')
    await clinician.page.locator('main form button[type="submit"]').last().click()
    expect(await clinician.text()).toContain('First seizure at four')

    await clinician.press('Write the opinion')
    await clinician.choose('opinion.basis', 'records')
    await clinician.write('opinion.limits', 'I have not met the child.')
    await clinician.choose('opinion.diagnosis', 'agree')
    await clinician.choose('opinion.plan', 'supports')
    await clinician.write('opinion.reasoning', 'Three medicines were enough to know.')
    await clinician.write('opinion.answers.0', 'I would assess for surgery.')
    await clinician.write('opinion.plainSummary', 'I agree with the plan.')
    await clinician.press('Continue and check it')
    const check = await clinician.text()
    for (const words of ['Check the opinion before you issue it', 'I would assess for surgery.', child.familyName])
      expect(check).toContain(words)
    await clinician.press('Issue the opinion')
    expect(await clinician.text()).toContain('The opinion was issued')
    await clinician.leave()

    await family.page.goto(`${concord.consoleUrl}${path}`)
    expect(await family.text()).toContain('I agree with the plan.')
    await family.leave()
  })

  test('shows nothing of it to another trust, and the same page as for what never was', async () => {
    const requester = await as('requester-bristol')
    const href = await requester.page.locator('a[href^="/requests/req_RA7"]').first().getAttribute('href')
    await requester.leave()
    const exeter = await as('requester-exeter')
    const pages = []
    for (const path of [href ?? '', '/requests/req_RA7_00000000-0000-7000-8000-000000000000']) {
      const answer = await exeter.page.goto(`${concord.consoleUrl}${path}`)
      pages.push({ status: answer?.status(), text: await exeter.text() })
    }
    expect(pages[0]).toEqual(pages[1])
    expect(pages[0]?.status).toBe(404)
    await exeter.leave()
  })

  test('opens a case in an emergency to the lead who breaks the glass, and tells the guardian of it', async () => {
    const requester = await as('requester-bristol')
    const href = (await requester.page.locator('a[href^="/requests/req_RA7"]').first().getAttribute('href')) ?? ''
    await requester.page.goto(`${concord.consoleUrl}${href}`)
    await requester.press('Write a restricted note')
    await requester.write('note.text', 'Somebody at home must not be told of visits.')
    await requester.page.locator('main form button[type="submit"]').last().click()
    expect(await requester.text()).toContain('The restricted note was kept')
    await requester.leave()

    const lead = await as('eso-lead-bristol')
    await lead.page.goto(`${concord.consoleUrl}${href}/restricted-note`)
    expect(await lead.text()).toContain('You are not named on the restricted note')
    await lead.page.goto(`${concord.consoleUrl}${href}/break-glass`)
    await lead.write('reason', 'The ward rings: whom may we tell of the visit tonight?')
    await lead.press('Break the glass and open the case')
    const opened = await lead.text()
    for (const words of ['You broke the glass', 'must not be told of visits', 'Open until'])
      expect(opened).toContain(words)
    await lead.leave()

    const guardian = await as('guardian-bristol')
    expect(await guardian.text()).toContain('eso-lead-bristol')
    await guardian.page.locator(`a[href="${href}/reviews"]`).first().click()
    const review = await guardian.text()
    for (const words of ['whom may we tell', 'Broke the glass', 'Read the whole case under a broken glass'])
      expect(review).toContain(words)
    expect(review).not.toContain('must not be told of visits')
    await guardian.press('Everybody who has seen this case')
    expect(await guardian.text()).toContain('Dr Anjali Wrenfield')
    await guardian.leave()
    const mail = await (await fetch(concord.mailUrl)).text()
    expect(mail.split('Somebody broke the glass over a case').length - 1).toBeGreaterThanOrEqual(2)
    expect(mail).not.toContain('whom may we tell')
  })

  test('gives a role from the lead to somebody new, and nothing to oneself', async () => {
    const lead = await as('eso-lead-bristol')
    await lead.page.goto(`${concord.consoleUrl}/people`)
    expect(await lead.text()).toContain('Dr Anjali Wrenfield')
    await lead.write('name', 'Dr Newly Come (invented)')
    // The row of each person carries theirs, hidden: the field is the one to be seen.
    await lead.page.locator('#subject').fill('newly-come')
    await lead.page.locator('[name="membership"][value^="requester@"][type="radio"]').check()
    await lead.press('Give the role')
    const given = await lead.text()
    for (const words of ['The role was given', 'Dr Newly Come (invented)']) expect(given).toContain(words)
    await lead.leave()
  })

  test('shows a commissioner published figures, small numbers in one band', async () => {
    const commissioner = await as('commissioner')
    await commissioner.page.goto(`${concord.consoleUrl}/figures`)
    const text = await commissioner.text()
    expect(text).toContain('2025 to 2026')
    expect(text).toContain('0 to 7')
    await commissioner.leave()
  })

  test.each([
    ['requester-bristol', ['/requests', '/requests/new', '/figures']],
    ['coordinator', ['/requests', '/register', '/register?tfc=421', '/nowhere']],
    ['neurologist-newcastle', ['/inbox']],
    ['commissioner', ['/figures']],
    ['guardian', ['/audit', '/audit?request=none']],
    ['eso-lead-bristol', ['/people']],
    ['clinical-lead', ['/people', '/people?trust=RA7']],
  ] as const)('gives axe nothing to find for %s (its rules for WCAG 2 A and AA)', async (subject, paths) => {
    const person = await personAt(browser, { consoleUrl: concord.consoleUrl, subject, withScripts: true })
    for (const path of paths) {
      await person.page.goto(`${concord.consoleUrl}${path}`)
      expect({ path, found: await person.accessibilityFindings() }).toEqual({ path, found: [] })
    }
    await person.leave()
  })

  test('says on every page that people and cases are invented', async () => {
    const coordinator = await as('coordinator')
    for (const path of ['/requests', '/register', '/figures', '/nowhere']) {
      await coordinator.page.goto(`${concord.consoleUrl}${path}`)
      expect(await coordinator.text()).toContain('Invented people and cases')
    }
    await coordinator.leave()
  })
})
