import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { explainAssessment } from '@concord/application/explain-assessment'
import { releaseFigures } from '@concord/application/figures'
import { importOrganisations } from '@concord/application/import-organisations'
import { changeRoleByCommand } from '@concord/application/keep-roles'
import type { Tenant } from '@concord/application/ports/audit-chain'
import { replay } from '@concord/application/reactions/react'
import { PLATFORM, parseMembership, stewardScope } from '@concord/application/scope'
import { networkCode, trustCode } from '@concord/contracts/domain/scalars'
import {
  type ClinicianId,
  must,
  type NetworkCode,
  parseNetworkCode,
  parseRequestId,
  parseSubject,
  parseTrustCode,
} from '@concord/domain/ids'
import type { Finding } from '@concord/domain/independence/verdict'
import { holdsOn } from '@concord/domain/membership/role-held'
import { type CalendarDate, dateAt, parseDate, parseInstant } from '@concord/domain/time'
import { readOrganisationFiles } from '@concord/platform/organisation-files/read-organisation-files'
import { rules } from '@concord/policy/rules'
import { tighten } from '@concord/policy/stricter'
import { tableNamesFrom } from '@concord/store/dynamo-tables'
import { z } from 'zod'
import { readEnv, stageEnv, tableEnv, witnessEnv } from '../functions/env.ts'
import { problemOf } from '../functions/problems.ts'
import { noticeWords } from '../functions/react/notice-words.ts'
import { auditEvents, auditVerdict, checkedReceipt, printedReceipt } from './audit-report.ts'
import { answerAssessLine } from './engine/assess-line.ts'
import { answerLines, writingTo } from './engine/lines.ts'
import { answerRankLine } from './engine/rank-line.ts'
import { erasedCase } from './erasure-report.ts'
import { retiredKey, rewrappedKeys, rotatedKey } from './key-rotation.ts'
import { findRunning } from './open.ts'
import { type Operator, operatorOf, type Whereabouts } from './operator.ts'
import { isStop, stop } from './stop.ts'

const {
  positionals,
  values: { receipt, server, because, by, yes = false },
} = parseArgs({
  allowPositionals: true,
  options: {
    receipt: { type: 'string' },
    server: { type: 'string' },
    because: { type: 'string' },
    by: { type: 'string' },
    yes: { type: 'boolean' },
  },
})

type Command = {
  readonly does: string
  readonly run: (operator: Operator, words: readonly string[]) => Promise<string>
}

const networksFile = z.array(z.strictObject({ code: networkCode, name: z.string(), trusts: z.array(trustCode) })).min(1)

/** What an operator can do, as it is typed after `npm run concord --`. */
const commands: Readonly<Record<string, Command>> = {
  'import organisations': {
    does: '[folder]   loads the official files of data/, or of another folder: all of them or nothing',
    run: async ({ reference }, [folder = join(import.meta.dirname, '../data')]) => {
      const outcome = await importOrganisations({ read: () => readOrganisationFiles(folder), reference })()
      const row = ({ file, line, problem }: { file: string; line: number; problem: string }) =>
        `  ${file}:${line}  ${problem}`
      if (outcome.kind === 'malformed')
        return stop(`Nothing was imported. Mend these rows and run it again:\n${outcome.errors.map(row).join('\n')}`)
      const { counts, warnings, leftOut, asOf, version } = outcome
      return [
        outcome.kind === 'imported'
          ? `Imported as version ${version}:`
          : `Version ${version} is in force already; nothing changed:`,
        `  ${counts.trusts} trusts (${counts.closedTrusts} closed, ${counts.welshTrusts} Welsh), ${counts.trustsClosedEarlier} more that closed earlier`,
        `  ${counts.boards} health boards, ${counts.icbs} integrated care boards, ${counts.regions} regions, ${counts.sites} paediatric sites`,
        `  ${counts.clinicalNetworks} clinical networks with ${counts.networkMemberships} memberships, ${counts.successions} successions`,
        ...asOf.map((one) => `  ${one.file}: ${one.asOf}, ${one.source}, ${one.licence}`),
        `${warnings.length} warnings:`,
        ...warnings.map(row),
        `${leftOut.length} rows left out:`,
        ...leftOut.map(row),
      ].join('\n')
    },
  },
  networks: {
    does: '<file>   says which networks this system brokers for, each with code, name and trusts: all of them, every time',
    run: async ({ reference }, [file = '']) => {
      const read = networksFile.safeParse(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined)
      if (!read.success)
        return stop(`“${file}” is no file of networks, and nothing was changed.\n${z.prettifyError(read.error)}`)
      await reference.saveNetworks(read.data)
      return read.data.map(({ code, name, trusts }) => `${code}: ${name}, with ${trusts.length} trusts`).join('\n')
    },
  },
  grant: {
    does: '<subject> <role@place> [name] [last day]   gives somebody a role of those that are an operator’s to give, for a year until it is confirmed',
    run: async (operator, [who = '', membership = '', name = who, ends]) => {
      const to = ends ? (parseDate(ends) ?? stop(`“${ends}” is no day: write it as 2026-11-22.`)) : null
      return changedRole(operator, who, { type: 'grant', membership, name, to })
    },
  },
  confirm: {
    does: '<subject> <role@place>   says at the yearly review that such a role is still right',
    run: (operator, [who = '', membership = '']) => changedRole(operator, who, { type: 'confirm', membership }),
  },
  end: {
    does: '<subject> <role@place>   ends such a role: whoever held it gets nothing on the next call',
    run: (operator, [who = '', membership = '']) => changedRole(operator, who, { type: 'end', membership }),
  },
  roles: {
    does: '<office>   lists who holds which role at a network, a trust of one (south-west/RA7), or the platform',
    run: async ({ storeFor, clock }, [office = '']) => {
      const held = await storeFor(stewardScope(office)).roles(office)
      const today = dateAt(clock.now())
      const lines = held.map((one) => {
        const standing = holdsOn(one, today) ? `to be confirmed by ${one.reviewBy}` : 'holds no longer'
        return `  ${one.membership}  ${one.subject}  ${one.name}, from ${one.from}: ${standing}`
      })
      return [`${held.length} roles at ${office}.`, ...lines].join('\n')
    },
  },
  office: {
    does: '<path> <email>   says where notices for a network, a trust or a clinician go',
    run: async ({ people }, [path = '', email = '']) => {
      if (!path.startsWith('network/') || !email.includes('@'))
        stop('An office is a path such as network/south-west, and an address.')
      await people.setOffice(path, email)
      return `Notices for ${path} go to ${email}.`
    },
  },
  release: {
    does: '<network> <year>   publishes the figures of a financial year that is over, such as 2025-26, once',
    run: async (operator, [network = '', period = '']) => {
      const outcome = await releaseFigures(operator)(networkOf(network), period)
      if (outcome.kind === 'not-over') return stop(`“${period}” is not a year that is over: it is ${outcome.now} now.`)
      if (outcome.kind === 'released-before') return stop(`${period} was released before, and a release stands.`)
      const { requests, matched, medianWorkingDays } = outcome.figures
      return `${network} ${period}: ${requests} requests, ${matched} matched, median ${medianWorkingDays ?? 'not shown'} working days.`
    },
  },
  parked: {
    does: '<network>   lists reactions that failed three times and wait',
    run: async ({ reactor }, [network = '']) => {
      const parked = await reactor.parked(networkOf(network))
      const lines = parked.map(
        ({ at, reaction, envelope, because }) => `  ${at}  ${reaction}  ${envelope.id}  ${because}`,
      )
      return [`${parked.length} parked in ${network}.`, ...lines].join('\n')
    },
  },
  replay: {
    does: '<network>   runs the parked reactions again, and lets go of those that succeed',
    run: async (operator, [network = '']) => {
      const parked = await operator.reactor.parked(networkOf(network))
      // Notices need the account at Notify, which is the function's: whoever waits for one is told by the worklist instead.
      const notifier = { send: () => stop('A notice is sent by the function alone: it stays parked.') }
      const deps = { ...operator, notifier, words: noticeWords, consoleUrl: '' }
      const done = await Promise.all(parked.map(replay(deps)))
      return `${done.filter(Boolean).length} of ${parked.length} succeeded.`
    },
  },
  stricter: {
    does: '<network>[/<trust>] <file>   puts what a network, or a trust for its own requests, makes stricter: see docs/schemas',
    run: async ({ reference, digest }, [place = '', file = '']) => {
      const [network = '', trust] = place.split('/')
      networkOf(network)
      if (trust !== undefined && !parseTrustCode(trust)) stop(`“${trust}” is no code of a trust.`)
      const changes: unknown = existsSync(file)
        ? JSON.parse(readFileSync(file, 'utf8'))
        : stop(`There is no file ${file}.`)
      const above = (await reference.stricter()).find((one) => trust !== undefined && one.place === network)
      const base = above ? tighten(rules, above.changes) : ({ kind: 'tightened', rules } as const)
      const laid = base.kind === 'tightened' ? tighten(base.rules, changes) : base
      if (laid.kind === 'refused')
        return stop(
          `Nothing was changed:\n${laid.errors.map(({ path, message }) => `  ${path}: ${message}`).join('\n')}`,
        )
      await reference.saveStricter({ place, version: digest(JSON.stringify(changes)).slice(0, 12), changes })
      return `${place} weighs by its stricter rules, everywhere within five minutes.`
    },
  },
  explain: {
    does: '<request>[@<taken at>]   weighs the facts an assessment saw once more, and says whether the very bytes come out',
    run: async (operator, [about = '']) => {
      const [idText = '', moment] = about.split('@')
      const id = parseRequestId(idText) ?? stop(`“${idText}” is no id of a request.`)
      const takenAt = moment ? (parseInstant(moment) ?? stop(`“${moment}” is no moment.`)) : null
      const outcome = await explainAssessment(operator)({ id, takenAt })
      switch (outcome.kind) {
        case 'not-found':
          return stop(`There is no ${outcome.what} for it here.`)
        case 'changed-in-table':
          return stop(`What is kept is not what its hash says (${outcome.hash}): it was changed in the table.`)
        case 'other-policy':
          return stop(
            `It was made under ${outcome.was}, and this release has ${outcome.is}: run the release of its day.`,
          )
        case 'explained':
          return explained(outcome)
      }
    },
  },
  verify: {
    does: '[network] [--receipt file]   verifies the audit of a network, of all, or one receipt, and names the first that does not hold',
    run: async (operator, [network]) => {
      if (receipt !== undefined) return checkedReceipt(operator, receipt)
      const networks = (await operator.reference.networks()).map(({ code }) => code)
      const all: readonly Tenant[] = network === undefined ? [...networks, PLATFORM] : [tenantOf(network)]
      const said = await Promise.all(all.map((code) => auditVerdict(operator, code)))
      const text = said.map((one) => one.text).join('\n')
      return said.every(({ holds }) => holds) ? text : stop(text)
    },
  },
  receipt: {
    does: '<network> <place>   prints the receipt of the entry at a place of a network’s chain, to be verified by itself',
    run: (operator, [network = '', place = '']) => printedReceipt(operator, tenantOf(network), Number(place)),
  },
  'audit-events': {
    does: '<network>/<trust>/<request> [--server address]   prints what is on record of a case as FHIR AuditEvents, a line each',
    run: (operator, [about = '']) => auditEvents(operator, about, server ?? null),
  },
  erase: {
    does: '<network> <request> --because <reason> --by <subject> [--yes]   erases the texts of one case for good; without --yes says what that would be',
    run: (operator, [network = '', request = '']) =>
      erasedCase(operator, { network: networkOf(network), request, because, by, yes }),
  },
  'rotate-key': {
    does: '   adds a version to the key of this machine’s stage, by which new data keys are wrapped',
    run: async (operator) => rotatedKey(operator),
  },
  rewrap: {
    does: '   has every data key wrapped by the newest version of the key; no text is touched',
    run: (operator) => rewrappedKeys(operator),
  },
  'retire-key': {
    does: '<version> --yes   throws an old version of this machine’s key away, once nothing is wrapped by it',
    run: (operator, [version]) => retiredKey(operator, { version: Number(version), yes }),
  },
  doctor: {
    does: '   looks whether what a system needs is there',
    run: async ({ reference, reactor }) => {
      const files = await reference.find('organisations')
      const networks = await reference.networks()
      const parked = await Promise.all(networks.map(async ({ code }) => [code, await reactor.parked(code)] as const))
      return [
        files ? `Organisations: version ${files.version}` : 'Organisations: none. Run “import organisations”.',
        `Networks: ${networks.map(({ name }) => name).join(', ') || 'none'}`,
        ...parked.map(([code, list]) => `Parked in ${code}: ${list.length}`),
      ].join('\n')
    },
  },
}

/** An assessment as an operator reads it: what it rests on, whether it could be made again, and why each is where they are. */
const explained = ({
  assessed,
  hash,
  isSame,
}: Extract<Awaited<ReturnType<ReturnType<typeof explainAssessment>>>, { kind: 'explained' }>) => {
  const { offerable, full, excluded } = assessed.result
  const nameOf = new Map(assessed.candidates.map(({ id, entry }) => [id, entry.name]))
  const line = (id: ClinicianId, says: readonly string[]) =>
    `  ${nameOf.get(id) ?? id}\n${says.map((one) => `      ${one}`).join('\n')}`
  const why = (findings: readonly Finding[]) =>
    findings.map(
      ({ rule, severity, sentence, evidence }) =>
        `${rule} ${severity}: ${sentence} [${evidence.source}, as of ${evidence.asOf}]`,
    )
  return [
    `Taken ${assessed.takenAt} under ${assessed.policyVersion}, organisations ${assessed.organisations}.`,
    `SHA-256 of what is kept: ${hash}`,
    isSame
      ? 'Weighed again from the same facts: the same bytes.'
      : 'Weighed again from the same facts: OTHER BYTES. Tell the platform’s team.',
    `${offerable.length} offerable:`,
    ...offerable.map(({ id, score, parts, findings }) =>
      line(id, [
        `${score} = ${Object.entries(parts)
          .map(([part, points]) => `${part} ${points}`)
          .join(' + ')}`,
        ...why(findings),
      ]),
    ),
    `${full.length} without a free place:`,
    ...full.map(({ id, findings }) => line(id, why(findings))),
    `${excluded.length} excluded by rule:`,
    ...excluded.map(({ id, findings }) => line(id, why(findings))),
  ].join('\n')
}

/** Gives, confirms or ends a role in the operator's own name; the rules are those of everybody who keeps roles. */
const changedRole = async (
  operator: Operator,
  who: string,
  step: { readonly membership: string } & (
    | { readonly type: 'grant'; readonly name: string; readonly to: CalendarDate | null }
    | { readonly type: 'confirm' | 'end' }
  ),
) => {
  const subject = parseSubject(who) ?? stop(`“${who}” is no subject of a token.`)
  if (!parseMembership(step.membership))
    stop(`“${step.membership}” is no role at a place: see docs/deploy.md for the forms.`)
  const key = operator.ids.uuid()
  const caller = {
    subject: must(parseSubject, 'operator-by-command'),
    membership: { role: 'operator' },
    standing: Promise.resolve(true),
  } as const
  const asked = { once: { key, hash: key }, ifMatch: null }
  const outcome = await changeRoleByCommand({ ...operator, storeFor: operator.storesOf(caller) })(
    { step: { ...step, subject }, asked },
    caller,
  )
  if (outcome.kind !== 'done') {
    const { title, detail } = problemOf(outcome)
    return stop(`${title}. ${detail}`)
  }
  const done = { grant: 'acts as', confirm: 'goes on as', end: 'acts no longer as' }[step.type]
  return `${subject} ${done} ${step.membership}.`
}

/** A network, or those who belong to none. */
const tenantOf = (text: string): Tenant => (text === PLATFORM ? PLATFORM : networkOf(text))

const networkOf = (text: string): NetworkCode =>
  parseNetworkCode(text) ?? stop(`“${text}” is no network: such as south-west.`)

const help = () =>
  [
    'npm run concord -- <command>, on the system that npm start runs here, or on the tables named in TABLE_RECORDS, TABLE_SEALED, … and STAGE:',
    ...Object.entries(commands).map(([name, { does }]) => `  ${name} ${does}`),
    'and on no system at all:',
    ...Object.entries(answers).map(([name, { does }]) => `  ${name} ${does}`),
  ].join('\n')

const whereabouts = async (): Promise<Whereabouts> => {
  const running = await findRunning()
  if (running) return running.whereabouts
  try {
    const {
      STAGE,
      WITNESS_BUCKET: bucket,
      WITNESS_KEY: keyId,
      ERASER_ROLE: eraserRole,
      ...env
    } = readEnv({
      ...stageEnv,
      ...tableEnv,
      ...z.object(witnessEnv).partial().shape,
      ERASER_ROLE: z.string().optional(),
    })
    return {
      stage: STAGE,
      tableNames: tableNamesFrom(env),
      witness: bucket && keyId ? { bucket, keyId } : null,
      eraserRole,
    }
  } catch {
    return stop(
      'No Concord runs here. Start it with npm start, or name the tables of a deployment: see docs/deploy.md.',
    )
  }
}

/** What needs no system at all: lines in, lines out. */
const answers: Readonly<Record<string, { readonly does: string; readonly answer: (line: string) => object }>> = {
  assess: {
    does: '< cases.ndjson   says of each line what the rules say of the pair: see docs/schemas',
    answer: answerAssessLine,
  },
  rank: {
    does: '< requests.ndjson   ranks each line’s candidates for its request: see docs/schemas',
    answer: answerRankLine,
  },
}

const run = async () => {
  const lines = answers[positionals[0] ?? '']
  if (lines) {
    await answerLines(process.stdin, lines.answer, writingTo(process.stdout))
    return null
  }
  const name = Object.keys(commands).find((one) => positionals.join(' ').startsWith(one))
  const command = name === undefined ? undefined : commands[name]
  if (!command || name === undefined)
    return positionals.length > 0 ? stop(`There is no such command.\n\n${help()}`) : help()
  return command.run(operatorOf(await whereabouts()), positionals.slice(name.split(' ').length))
}

try {
  const said = await run()
  if (said !== null) console.log(said)
  process.exit(0)
} catch (error) {
  console.error(isStop(error) ? error.message : error)
  process.exit(1)
}
