// One thing, however long: from a line of the exchange format to what the engine weighs.
import { mayBeSameName } from '@concord/domain/evidence/names'
import { orcidOf } from '@concord/domain/evidence/work'
import { fold } from '@concord/domain/fold'
import { must, type OrgCode, parseTfc } from '@concord/domain/ids'
import type {
  Business,
  CandidateSide,
  Dispute,
  EarlierOpinion,
  Interests,
  ManagementKind,
  Pair,
  PersonalKind,
  PersonId,
  Post,
  Publication,
  Related,
  RequestSide,
  Team,
  Tie,
  TrainingKind,
} from '@concord/domain/independence/pair'
import type { Between, Period } from '@concord/domain/independence/period'
import { type Place, type Places, placesOf } from '@concord/domain/organisation/places'
import { addDays, type CalendarDate, parseDate } from '@concord/domain/time'
import type { AssessLine, CandidateLine } from './line.ts'
import {
  businessKindOf,
  businessRoleOf,
  isCloseAssociate,
  isInstructed,
  leadsTrial,
  managementKindOf,
  payerOf,
  personalKindOf,
  trainingKindOf,
} from './relations.ts'
import type { ErrorReply } from './reply.ts'

export type LineProblem = ErrorReply['error']
type Shared = Omit<AssessLine, 'candidate'>

/** Reads one line: the pair to weigh, or the first thing wrong with it and where it stands. */
export const pairOfLine = (
  line: AssessLine,
): { readonly kind: 'pair'; readonly pair: Pair } | { readonly kind: 'unreadable'; readonly error: LineProblem } => {
  const read = pairsOfLine(line, [line.candidate], () => 'candidate')
  const [pair] = read.kind === 'pairs' ? read.pairs : []
  if (read.kind === 'unreadable') return read
  return pair
    ? { kind: 'pair', pair }
    : { kind: 'unreadable', error: { code: 'empty-register', path: 'candidate', message: 'There is nobody to weigh.' } }
}

/** The same for one request and many candidates, whose request and organisations are read once. */
export const pairsOfLine = (
  line: Shared,
  candidates: readonly CandidateLine[],
  pathOf: (index: number) => string,
):
  | { readonly kind: 'pairs'; readonly pairs: readonly Pair[] }
  | { readonly kind: 'unreadable'; readonly error: LineProblem } => {
  const problems: LineProblem[] = []
  const tell = (code: LineProblem['code'], path: string, message: string) => void problems.push({ code, path, message })
  const places = readPlaces(line, tell)
  const asOf = dayOf(line.asOf)
  const history = line.history?.map((one): EarlierOpinion => ({ ...one, on: boundOf(one.on) })) ?? null
  const everyone = new Set(
    candidates.flatMap(({ person, mdt }) => [person, ...(mdt?.members ?? []).flatMap((one) => one.person ?? [])]),
  )
  const common = readerOf({ line, candidate: null, everyone, places, asOf, tell })
  const request = requestSide(line, common)
  const pairs = candidates.map((candidate, index): Pair => {
    const reader = readerOf({ line, candidate, everyone, places, asOf, tell })
    return {
      asOf,
      urgency: line.urgency,
      // A register has hundreds, and few of them are whom the request writes of by name: the others see it read once.
      request: mayBeMeant(candidate, common.asked) ? requestSide(line, reader) : request,
      candidate: candidateSide(candidate, { reader, path: pathOf(index), line }),
      organisations: places,
      history,
    }
  })
  const [error] = problems
  return error ? { kind: 'unreadable', error } : { kind: 'pairs', pairs }
}

type Tell = (code: LineProblem['code'], path: string, message: string) => void
type Found = { readonly id: PersonId; readonly isSure: boolean }
type Reader = ReturnType<typeof readerOf>
type Named = {
  readonly person: string
  readonly name: string | null
  readonly alsoKnownAs: readonly string[] | null
  readonly orcid: string | null
  readonly emails: readonly string[] | null
  readonly gmc: string | null
}

/** What reads the recurring parts of a line: people, places, periods, ties. */
const readerOf = ({
  line,
  candidate,
  everyone,
  places,
  asOf,
  tell,
}: {
  readonly line: Shared
  /** None where the request is read without any of them. */
  readonly candidate: CandidateLine | null
  /** The ids of all candidates of the line and of the members of an MDT, who may be named in it. */
  readonly everyone: ReadonlySet<string>
  readonly places: Places
  readonly asOf: CalendarDate
  readonly tell: Tell
}) => {
  const { request } = line
  const named: readonly Named[] = [...(candidate ? [candidate] : []), ...request.treating, ...(request.staff ?? [])]
  const others = [
    ...(request.family?.members ?? []),
    ...[request.advocate?.person, request.interpreter?.person].filter((one) => one != null),
  ]
  const known = new Set([...named.map(({ person }) => person), ...others])
  const repeated = named.map(({ person }) => person).find((one, index, all) => all.indexOf(one) !== index)
  if (repeated !== undefined) tell('duplicate-id', 'request', `${repeated} names two people: give each their own id.`)

  const person = (id: string, path: string): PersonId => {
    if (!known.has(id) && !everyone.has(id) && !LOCAL.test(id))
      tell('unknown-id', path, `${id} is nobody of this line. Use the id of somebody in it, or X1, X2 … for others.`)
    return id
  }
  const org = (code: string, path: string): OrgCode => {
    const found = places.codeOf(code)
    if (found === undefined)
      tell('unknown-id', path, `${code} is not among the organisations of this line. Add it there.`)
    return found ?? (code as OrgCode)
  }
  const asked: Asked = { names: new Set(), emails: new Set(), orcids: new Set(), firms: new Set() }
  const byName = (name: string, self: PersonId): readonly Found[] => {
    asked.names.add(name)
    return named
      .filter((one) => one.person !== self)
      .flatMap((one): readonly Found[] => {
        const matches = [one.name, ...(one.alsoKnownAs ?? [])].map((own) =>
          own === null ? 'no' : mayBeSameName(own, name),
        )
        return matches.includes('yes')
          ? [{ id: one.person, isSure: true }]
          : matches.includes('maybe')
            ? [{ id: one.person, isSure: false }]
            : []
      })
  }
  const byEmail = (email: string, self: PersonId): readonly Found[] => {
    const address = addressOf(email)
    asked.emails.add(address)
    return named
      .filter((one) => one.person !== self && one.emails?.some((own) => addressOf(own) === address))
      .map((one) => ({ id: one.person, isSure: true }))
  }
  const byOrcid = (iD: string): Named | undefined => {
    asked.orcids.add(iD)
    return named.find((one) => one.orcid !== null && orcidOf(one.orcid) === iD)
  }
  const period = (given: Dated, path: string): Period => {
    const read = periodOf(given, asOf)
    const [from, to] = [read.from, read.to]
    const first = from === null ? null : typeof from === 'string' ? from : from.earliest
    const last = to === null ? null : typeof to === 'string' ? to : to.latest
    if (first !== null && last !== null && last !== 'ongoing' && last < first)
      tell('dates-out-of-order', path, `It ends (${last}) before it starts (${first}). Correct one of the two days.`)
    return read
  }
  const ties =
    <Kind extends string>(kindOf: (text: string) => Kind | undefined) =>
    (list: readonly TieLine[] | null, self: PersonId, path: string): readonly Tie<Kind | 'unsure'>[] | null =>
      list?.flatMap((tie, index): readonly Tie<Kind | 'unsure'>[] => {
        const at = `${path}[${index}]`
        const kind = tie.kind === null ? null : kindOf(tie.kind)
        if (kind === undefined)
          tell(
            'unknown-relation',
            `${at}.kind`,
            `“${tie.kind}” is no relation the rules know: see docs/schemas. If it is unclear, say “unsure”.`,
          )
        const about = { kind: kind ?? null, ...period(tie, at) }
        if (tie.with !== null) return [{ ...about, with: person(tie.with, `${at}.with`) }]
        if (tie.withName === null && tie.withEmail === null) return [{ ...about, with: null }]
        const found = [
          ...(tie.withEmail === null ? [] : byEmail(tie.withEmail, self)),
          ...(tie.withName === null ? [] : byName(tie.withName, self)),
        ]
        // A name that only might be somebody's, or an address of two, is a tie nobody is sure of; one that is nobody's is to a stranger.
        return distinctOf(found).map(({ id, isSure }, _, all) => ({
          ...about,
          with: id,
          kind: isSure && all.length === 1 ? about.kind : 'unsure',
        }))
      }) ?? null

  const companies = companiesOf(line, candidate)
  const company = (id: string | null, name: string | null): string | null => {
    if (id !== null || name === null) return id
    const firm = firmName(name)
    asked.firms.add(firm)
    return companies.get(firm) ?? firm
  }

  return {
    places,
    asOf,
    person,
    org,
    period,
    company,
    byName,
    byOrcid,
    named,
    asked,
    tell,
    personalTies: ties<PersonalKind>(personalKindOf),
    managementTies: ties<ManagementKind>(managementKindOf),
    trainingTies: ties<TrainingKind>(trainingKindOf),
  }
}

/** What was looked up by name while reading: only whom one of them fits can make it read otherwise. */
type Asked = {
  readonly names: Set<string>
  readonly emails: Set<string>
  readonly orcids: Set<string>
  readonly firms: Set<string>
}

const mayBeMeant = (candidate: CandidateLine, { names, emails, orcids, firms }: Asked): boolean =>
  [candidate.name, ...(candidate.alsoKnownAs ?? [])].some(
    (own) => own !== null && [...names].some((name) => mayBeSameName(own, name) !== 'no'),
  ) ||
  Boolean(candidate.emails?.some((own) => emails.has(addressOf(own)))) ||
  orcids.has(orcidOf(candidate.orcid ?? '') ?? '') ||
  firmsOf([candidate, ...(candidate.associates ?? [])]).some(([name]) => firms.has(name))

const addressOf = (email: string) => email.trim().toLowerCase()

const distinctOf = (found: readonly Found[]) => [...new Map(found.map((one) => [one.id, one])).values()]

const LOCAL =
  /^(candidate|child|parent-\d+|sibling-\d+|guardian(-\d+)?|family|broker|eso-lead|approver|advocate|interpreter|[XM]\d+)$/

const requestSide = (line: Shared, reader: Reader): RequestSide => {
  const { request } = line
  const { requesterSays: says, family, specialty, recordSearch, exhaustion, question } = request
  const candidate = 'candidate'
  const found = (
    list: readonly (string | { person: string | null; by: string | null; about: string | null })[] | null,
  ) =>
    list?.flatMap((one) => {
      if (typeof one === 'string') return [one]
      return one.about === null || one.about === 'this-case' ? [one.person ?? one.by ?? candidate] : []
    }) ?? null
  const members = family?.members ?? []
  return {
    trust: reader.org(request.requestingOrg, 'request.requestingOrg'),
    sites: request.sites?.map((site, at) => reader.org(site, `request.sites[${at}]`)) ?? null,
    tfc: specialty.tfc === null ? null : (parseTfc(specialty.tfc) ?? null),
    registers: specialty.registerName === null ? null : [fold(specialty.registerName)],
    centres: specialty.centresInUk,
    opinion: request.opinion,
    isBlinded: request.blinded,
    firstOpinionBy:
      request.firstOpinionBy === null || request.firstOpinionBy === 'none'
        ? null
        : reader.person(request.firstOpinionBy, 'request.firstOpinionBy'),
    instructedOn: request.instructedOn === null ? null : dayOf(request.instructedOn),
    question: question && {
      kind: question.kind,
      wouldReceive:
        question.wouldReceive?.map((code, at) => reader.org(code, `request.question.wouldReceive[${at}]`)) ?? null,
    },
    products:
      request.products?.map(({ id, maker, makerName, contested }) => ({
        id,
        maker: reader.company(maker, makerName),
        isContested: contested,
      })) ?? null,
    trials: request.trials,
    earlierOpinions:
      request.previousOpinions?.map(({ by }, at) => ({
        by: by === null ? null : reader.person(by, `request.previousOpinions[${at}].by`),
      })) ?? null,
    treating: request.treating.map((one, index) => {
      const path = `request.treating[${index}]`
      return {
        ...related(one, { reader, path }),
        role: one.role ?? 'treating',
        org: one.org === null ? null : reader.org(one.org, `${path}.org`),
        posts: posts(one.posts, { reader, path: `${path}.posts` }),
        grade: one.grade && word(one.grade),
        ...works(one, { reader, path }),
      }
    }),
    requester: {
      discussed: says?.discussedWithCandidate ?? null,
      discussedFor:
        says?.discussionPurpose === 'urgency-triage' ? 'urgency-triage' : says?.discussionPurpose ? 'opinion' : null,
      treatedChild: says?.candidateTreatedChild ?? null,
      disputes:
        says?.disputes?.map(
          (one, at): Dispute => ({
            ...reader.period(one, `request.requesterSays.disputes[${at}]`),
            with: one.with,
            status: one.status === 'live' || one.status === 'closed' ? one.status : null,
          }),
        ) ?? null,
      applicants: says?.applicants?.map(({ person, on }) => ({ person, on: boundOf(on) })) ?? null,
    },
    lettersNaming: recordSearch && found(recordSearch.lettersNaming),
    spokeInPublic: recordSearch && found(recordSearch.publicStatements),
    family: {
      members: [...new Set([...members, 'child', 'parent-1', 'parent-2', 'family'])],
      ties:
        family &&
        reader.personalTies(
          family.tiesToCandidate?.map((tie) => ({ ...tie, with: tie.with ?? candidate })) ?? null,
          'family',
          'request.family.tiesToCandidate',
        ),
      view: family?.view ?? null,
      objectsTo: family?.objectsTo ?? null,
      lossOfConfidenceIn: family?.lossOfConfidenceIn ?? null,
    },
    staff:
      request.staff?.map((one, index) => ({
        ...related(one, { reader, path: `request.staff[${index}]` }),
        role: one.role ?? 'staff',
        isActing: one.acting,
        treatedThisChild: one.treatedThisChild,
      })) ?? null,
    advocate:
      request.advocate && request.advocate.present !== false ? companion(request.advocate, 'advocate', reader) : null,
    interpreter:
      request.interpreter && request.interpreter.needed !== false
        ? companion(request.interpreter, 'interpreter', reader)
        : null,
    overrides:
      request.urgencyOverrides?.map(({ rule, by, reason, on }) => ({
        rule,
        by: by?.name ?? null,
        role: by?.role ? word(by.role) : null,
        reason,
        on: on === null ? null : dayOf(on),
      })) ?? null,
    exhaustion: exhaustion && {
      result: exhaustion.result,
      on: exhaustion.on === null ? null : dayOf(exhaustion.on),
      hasSecondOpinion: exhaustion.secondOpinionArranged,
      hasOverseasOpinion: exhaustion.overseasArranged,
      hasEthicsNote: exhaustion.ethicsNote,
      approvedBy:
        exhaustion.approvedBy?.map(({ person, name, role }) => ({ name: name ?? person, role: role && word(role) })) ??
        null,
    },
  }
}

const candidateSide = (
  candidate: CandidateLine,
  { reader, path, line }: { readonly reader: Reader; readonly path: string; readonly line: Shared },
): CandidateSide => {
  const {
    registration,
    capacity,
    discussedBeforeInstruction: discussed,
    standingDeclaration,
    caseDeclaration,
    indemnity,
  } = candidate
  const isMe = (one: Named) =>
    (one.gmc !== null && one.gmc === candidate.gmc) ||
    (one.orcid !== null && orcidOf(one.orcid) !== undefined && orcidOf(one.orcid) === orcidOf(candidate.orcid ?? '')) ||
    Boolean(
      one.emails?.some((email) =>
        candidate.emails?.some((own) => own.trim().toLowerCase() === email.trim().toLowerCase()),
      ),
    )
  const names = [candidate.name, ...(candidate.alsoKnownAs ?? [])].filter((name) => name !== null)
  const at = (field: string) => `${path}.${field}`
  return {
    ...related(candidate, { reader, path }),
    ...interests(candidate, { reader, path }),
    ...works(candidate, { reader, path }),
    kind: candidate.kind ?? 'person',
    role: candidate.role,
    isAlso: line.request.treating.filter(isMe).map(({ person }) => person),
    grade: candidate.grade && word(candidate.grade),
    registration: registration && {
      body: registration.body?.trim().toUpperCase() ?? null,
      country: registration.country?.trim().toLowerCase() ?? null,
      isSameName: isOwnEntry(registration, { names, gmc: candidate.gmc }),
      status: registration.status && word(registration.status),
      hasLicence: registration.licence,
      conditions:
        registration.conditions?.map((one, index) => ({
          affectsScope: one.affectsScope,
          ...reader.period(one, at(`registration.conditions[${index}]`)),
        })) ?? null,
      hasInterimOrder: registration.interimOrder,
      warnings:
        registration.warnings?.map((one, index) => reader.period(one, at(`registration.warnings[${index}]`))) ?? null,
      checkedOn: registration.checkedOn === null ? null : dayOf(registration.checkedOn),
    },
    specialistRegister: candidate.specialistRegister?.map(fold) ?? null,
    practice:
      candidate.practice?.map(({ tfc, lastPractised }) => ({
        tfc,
        lastOn: lastPractised === 'ongoing' ? lastPractised : boundOf(lastPractised),
      })) ?? null,
    indemnity: indemnity && {
      ...indemnity,
      validTo: indemnity.validTo === 'ongoing' ? 'ongoing' : boundOf(indemnity.validTo),
    },
    capacity,
    posts: posts(candidate.posts, { reader, path: at('posts') }),
    postsConfirmedOn: candidate.postsConfirmedOn === null ? null : dayOf(candidate.postsConfirmedOn),
    sitesWorked:
      candidate.sitesWorked?.flatMap(({ site, ...one }, index) => {
        const read = reader.period(one, at(`sitesWorked[${index}]`))
        return site === null ? [] : [{ ...read, site: reader.org(site, at(`sitesWorked[${index}].site`)) }]
      }) ?? null,
    associates:
      candidate.associates?.map((one, index) => ({
        ...interests(one, { reader, path: at(`associates[${index}]`) }),
        isClose: isCloseAssociate(one.closeness),
      })) ?? null,
    advocacy: candidate.advocacy,
    expertWitness:
      candidate.expertWitness?.map(({ matter, against, status, on }, index) => ({
        matter,
        against:
          against === null || against === 'none' ? against : reader.org(against, at(`expertWitness[${index}].against`)),
        isLikely: isInstructed(status),
        on: boundOf(on),
      })) ?? null,
    publicStatements: candidate.publicStatements,
    disputes:
      candidate.disputes?.map(
        (one, index): Dispute => ({
          ...reader.period(one, at(`disputes[${index}]`)),
          with:
            one.with !== null && /^T\d+$/.test(one.with)
              ? reader.person(one.with, at(`disputes[${index}].with`))
              : one.with,
          status: one.status,
        }),
      ) ?? null,
    caseContact: candidate.caseContact,
    discussed: discussed && { ...discussed },
    paidBy: candidate.paidForThisCaseBy?.map(({ payer }) => payerOf(payer)) ?? null,
    standingDeclaration: signatureOf(standingDeclaration),
    caseDeclaration: signatureOf(caseDeclaration),
    opening: candidate.openingAnswers,
    said: {},
    pack: candidate.pack && {
      firstOpinionOpenedAt: timeOf(candidate.pack.firstOpinionOpenedAt),
      ownViewAt: timeOf(candidate.pack.ownViewRecordedAt),
    },
    members:
      candidate.mdt === null
        ? null
        : (candidate.mdt.members?.map(({ person, chair, conflicted, personalTies, teams: inTeams }, index) => {
            const member = at(`mdt.members[${index}]`)
            const id = person ?? `member-${index + 1}`
            return {
              person: id,
              isChair: chair,
              isConflicted: conflicted,
              personalTies: reader.personalTies(personalTies, id, `${member}.personalTies`),
              teams: teams(inTeams, { reader, path: `${member}.teams` }),
            }
          }) ?? null),
  }
}

type At = { readonly reader: Reader; readonly path: string }
type Dated = {
  readonly from: string | null
  readonly to: string | null
  readonly ended?: boolean | null
  readonly fromClaims: readonly { readonly from: string | null }[] | null
  readonly toClaims: readonly { readonly to: string | null }[] | null
}
type TieLine = NonNullable<CandidateLine['personalTies']>[number]

const related = (
  one: Pick<CandidateLine, 'person' | 'teams' | 'personalTies' | 'managementTies' | 'trainingTies' | 'business'>,
  { reader, path }: At,
): Related => ({
  person: one.person,
  teams: teams(one.teams, { reader, path: `${path}.teams` }),
  personalTies: reader.personalTies(one.personalTies, one.person, `${path}.personalTies`),
  managementTies: reader.managementTies(one.managementTies, one.person, `${path}.managementTies`),
  trainingTies: reader.trainingTies(one.trainingTies, one.person, `${path}.trainingTies`),
  business: businesses(one.business, { reader, path: `${path}.business` }),
})

const teams = (list: CandidateLine['teams'], { reader, path }: At): readonly Team[] | null =>
  list?.map(({ id, kind, ...one }, index) => ({ id, kind, ...reader.period(one, `${path}[${index}]`) })) ?? null

const posts = (list: CandidateLine['posts'], { reader, path }: At): readonly Post[] | null =>
  list?.map((post, index) => {
    const at = `${path}[${index}]`
    return {
      orgs:
        post.org !== null
          ? [reader.org(post.org, `${at}.org`)]
          : post.asWritten === null
            ? []
            : reader.places.written(post.asWritten),
      site: post.site === null || post.site === 'none' ? post.site : reader.org(post.site, `${at}.site`),
      kind: post.kind,
      ...reader.period(post, at),
    }
  }) ?? null

const businesses = (list: CandidateLine['business'], { reader, path }: At): readonly Business[] | null =>
  list?.map(({ company, companyName, kind, role, sharePercent, ...one }, index) => ({
    company: reader.company(company, companyName),
    kind: businessKindOf(kind),
    role: businessRoleOf(role, sharePercent),
    sharePercent,
    ...reader.period(one, `${path}[${index}]`),
  })) ?? null

type InterestLine = Pick<
  CandidateLine,
  'business' | 'patents' | 'trialRoles' | 'industryPayments' | 'outsideRoles' | 'recruitment'
>

const interests = (one: InterestLine, { reader, path }: At): Interests => ({
  business: businesses(one.business, { reader, path: `${path}.business` }),
  patents:
    one.patents?.map(({ product, role, ...rest }, at) => ({
      product,
      isInventor: /invent/i.test(role ?? ''),
      ...reader.period(rest, `${path}.patents[${at}]`),
    })) ?? null,
  trialRoles:
    one.trialRoles?.map(({ trial, role, ...rest }, at) => ({
      trial,
      leads: leadsTrial(role),
      ...reader.period(rest, `${path}.trialRoles[${at}]`),
    })) ?? null,
  payments:
    one.industryPayments?.map(({ company, companyName, value, on }) => ({
      company: reader.company(company, companyName),
      pounds: value,
      on: boundOf(on),
    })) ?? null,
  outsideRoles:
    one.outsideRoles?.map(({ linkedTrust, fundsThisFamily, ...rest }, at) => ({
      linkedTrust:
        linkedTrust === null || linkedTrust === 'none'
          ? linkedTrust
          : reader.org(linkedTrust, `${path}.outsideRoles[${at}].linkedTrust`),
      fundsThisFamily,
      ...reader.period(rest, `${path}.outsideRoles[${at}]`),
    })) ?? null,
  recruitment:
    one.recruitment?.map(({ org, with: other, on }, at) => ({
      org: org === null ? null : reader.org(org, `${path}.recruitment[${at}].org`),
      with: other === null ? null : reader.person(other, `${path}.recruitment[${at}].with`),
      on: boundOf(on),
    })) ?? null,
})

const works = (
  one: Pick<CandidateLine, 'person' | 'publications' | 'grants' | 'committees'>,
  { reader, path }: At,
) => ({
  publications: one.publications?.map((paper) => publication(paper, reader)) ?? null,
  grants:
    one.grants?.map(({ id, holders }, at) => ({
      id,
      holders:
        holders?.map(({ person, ...rest }, index) => ({
          person,
          ...reader.period(rest, `${path}.grants[${at}].holders[${index}]`),
        })) ?? null,
    })) ?? null,
  committees:
    one.committees?.map(({ id, kind, ...rest }, at) => ({
      id,
      kind: kind && word(kind),
      ...reader.period(rest, `${path}.committees[${at}]`),
    })) ?? null,
})

const publication = (paper: NonNullable<CandidateLine['publications']>[number], reader: Reader): Publication => ({
  id: paper.id,
  sameWork: [paper.id, ...(paper.sameWorkAs ?? [])],
  kind: /consorti|registr|collaborat/i.test(paper.kind ?? '') ? 'consortium' : 'paper',
  on: boundOf(paper.on),
  authorCount: paper.authorCount,
  authors:
    paper.authors?.flatMap(({ person, orcid, name }) => {
      if (person !== null) return [person]
      const iD = orcid === null ? undefined : orcidOf(orcid)
      const known = iD === undefined ? undefined : reader.byOrcid(iD)
      if (known) return [known.person]
      if (name === null) return []
      // Two different iDs are two people, whatever the name.
      return reader.byName(name, '').flatMap(({ id }) => {
        const own = reader.named.find((one) => one.person === id)?.orcid
        return iD !== undefined && own != null && orcidOf(own) !== undefined ? [] : [id]
      })
    }) ?? null,
  confirmed: paper.candidateConfirmed,
})

const companion = (one: NonNullable<Shared['request']['advocate' | 'interpreter']>, role: string, reader: Reader) => {
  const person = one.person ?? role
  return {
    person,
    isActing: one.acting,
    isFamilyMember: one.isFamilyMember,
    personalTies: reader.personalTies(one.personalTies, person, `request.${role}.personalTies`),
  }
}

/** The organisations of a line. One that is only named as a predecessor or a successor is known by that. */
const readPlaces = (line: Shared, tell: Tell): Places => {
  const listed = new Map<string, Shared['organisations'][number]>()
  line.organisations.forEach((one, at) => {
    if (listed.has(one.code))
      tell(
        'duplicate-id',
        `organisations[${at}].code`,
        `${one.code} is listed twice: one record for each organisation.`,
      )
    listed.set(one.code, one)
  })
  const moves = line.organisations.flatMap(({ code, predecessors, successors }) => [
    ...(predecessors ?? []).map((one) => ({ from: one.code, fromName: one.name, to: code, toName: null, on: one.on })),
    ...(successors ?? []).map((one) => ({ from: code, fromName: null, to: one.code, toName: one.name, on: one.on })),
  ])
  const implied = new Map(
    moves
      .flatMap(({ from, fromName, to, toName }) => [[from, fromName] as const, [to, toName] as const])
      .flatMap(([code, name]) => (code === null || listed.has(code) ? [] : [[code, name ?? code] as const])),
  )
  const successorsOf = (code: string) =>
    moves
      .filter(({ from }) => from === code)
      .map(({ to, on }) => ({ code: to as OrgCode | null, on: on === null ? null : dayOf(on) }))
  const asOf = dayOf(line.asOf)
  return placesOf([
    ...line.organisations.map(
      (one): Place => ({
        code: one.code as OrgCode,
        name: one.name ?? one.code,
        alsoKnownAs: one.alsoKnownAs ?? [],
        kind:
          one.kind === 'site'
            ? 'site'
            : one.kind === 'trust' || one.kind === 'board' || one.kind === null
              ? 'trust'
              : 'other',
        parents:
          one.parents?.map(({ code, ...rest }) => ({ code: code as OrgCode | null, ...periodOf(rest, asOf) })) ?? null,
        region: one.region === 'none' ? null : one.region && fold(one.region),
        networks:
          one.networks?.map(({ code, ...rest }) => ({ id: code, specialties: null, ...periodOf(rest, asOf) })) ?? null,
        isDisputed: Boolean(one.regionClaims?.length || one.networksClaims?.length),
        successors: [...new Map(successorsOf(one.code).map((move) => [move.code, move])).values()],
        open: periodOf(one, asOf),
        groups: one.groups?.map(({ id, name, ...rest }) => ({ id: id ?? name, ...periodOf(rest, asOf) })) ?? null,
        mergers:
          one.mergers?.flatMap(
            ({ with: other, announced, effective, abandoned, announcedClaims, effectiveClaims, abandonedClaims }) =>
              announced === 'none'
                ? []
                : [
                    {
                      with: other as OrgCode | null,
                      announced: announced === null ? null : dayOf(announced),
                      effective: effective === null || effective === 'none' ? null : dayOf(effective),
                      abandoned:
                        abandoned === 'none' ? false : typeof abandoned === 'string' ? dayOf(abandoned) : abandoned,
                      isDisputed: [announcedClaims, effectiveClaims, abandonedClaims].some(
                        (claims) => claims !== null && claims.length > 0,
                      ),
                    },
                  ],
          ) ?? null,
        sameSiteAs: (one.sameSiteAs ?? []) as readonly string[] as readonly OrgCode[],
      }),
    ),
    ...[...implied].map(
      ([code, name]): Place => ({
        code: code as OrgCode,
        name,
        alsoKnownAs: [],
        kind: 'trust',
        parents: [],
        region: null,
        networks: null,
        isDisputed: false,
        successors: successorsOf(code),
        open: { from: null, to: null },
        groups: null,
        mergers: null,
        sameSiteAs: [],
      }),
    ),
  ])
}

const isOwnEntry = (
  entry: { readonly nameOnRegister: string | null; readonly number: string | null },
  { names, gmc }: { readonly names: readonly string[]; readonly gmc: string | null },
): boolean | null => {
  if (entry.number !== null && gmc !== null && entry.number !== gmc) return false
  if (entry.nameOnRegister === null || names.length === 0) return null
  const written = entry.nameOnRegister
  return names.some((name) => mayBeSameName(name, written) !== 'no')
}

const periodOf = ({ from, to, ended, fromClaims, toClaims }: Partial<Dated>, asOf: CalendarDate): Period => {
  const start = from != null ? boundOf(from) : claimed(fromClaims?.map((one) => one.from))
  if (to === 'ongoing') return { from: start, to: 'ongoing' }
  const end = to != null ? boundOf(to) : claimed(toClaims?.map((one) => one.to))
  if (ended !== true) return { from: start, to: end }
  // It is over: where the day is not known exactly, it lies before today.
  const yesterday = addDays(asOf, -1)
  if (end === null) return { from: start, to: { earliest: FIRST, latest: yesterday } }
  if (typeof end === 'string' || end.latest < asOf) return { from: start, to: end }
  return { from: start, to: { earliest: end.earliest, latest: yesterday } }
}

/** What several sources claim: it lies between the first and the last of it. One who cannot say leaves it open. */
const claimed = (claims: readonly (string | null)[] | undefined): Between | null => {
  if (!claims || claims.length === 0) return null
  const bounds = claims.map((claim) =>
    claim === 'ongoing' ? ('ongoing' as const) : claim === null ? null : boundOf(claim),
  )
  if (bounds.includes(null)) return null
  const days = bounds
    .flatMap((bound) =>
      bound === null || bound === 'ongoing'
        ? []
        : typeof bound === 'string'
          ? [bound, bound]
          : [bound.earliest, bound.latest === 'ongoing' ? [] : bound.latest].flat(),
    )
    .toSorted()
  const [earliest = FIRST] = days
  return { earliest, latest: bounds.includes('ongoing') ? 'ongoing' : (days.at(-1) ?? FIRST) }
}

/** A day, or the year it lies in. */
const boundOf = <T extends string | null>(
  text: T,
): T extends null ? CalendarDate | Between | null : CalendarDate | Between =>
  (text === null
    ? null
    : text.length === 4
      ? { earliest: dayOf(`${text}-01-01`), latest: dayOf(`${text}-12-31`) }
      : dayOf(text)) as never

const signatureOf = (declaration: { readonly signedOn: string | null } | null) =>
  declaration === null
    ? null
    : declaration.signedOn === null || declaration.signedOn === 'none'
      ? ('unsigned' as const)
      : boundOf(declaration.signedOn)

const timeOf = (text: string | null) => (text === null || text === 'none' ? null : text)
const word = (text: string) =>
  text
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-')
// A register repeats its days: reading them anew for each candidate took most of the reading.
const days = new Map<string, CalendarDate>()
const dayOf = (text: string): CalendarDate => {
  const day = days.get(text) ?? must(parseDate, text)
  days.set(text, day)
  return day
}
const FIRST = dayOf('0001-01-01')

const firmName = (name: string) => fold(name.replace(/\b(ltd|limited|plc|llp|inc|gmbh)\b\.?/gi, ''))

/** Firms that go by a number in one place and by a name in another. */
const companiesOf = ({ request }: Shared, candidate: CandidateLine | null): ReadonlyMap<string, string> =>
  new Map([
    ...(request.products ?? []).flatMap(({ maker, makerName }) =>
      makerName === null || maker === null ? [] : [[firmName(makerName), maker] as const],
    ),
    ...firmsOf([
      ...(candidate ? [candidate] : []),
      ...request.treating,
      ...(request.staff ?? []),
      ...(candidate?.associates ?? []),
    ]),
  ])

const firmsOf = (owners: readonly Pick<CandidateLine, 'business'>[]): readonly (readonly [string, string])[] =>
  owners
    .flatMap(({ business }) => business ?? [])
    .flatMap(({ company, companyName }) =>
      companyName === null || company === null ? [] : [[firmName(companyName), company] as const],
    )
