import { callerGrants, type Reach, type TableName } from '@concord/application/grants'
import { roles } from '@concord/domain/actor'
import { caseDeeds } from '@concord/domain/audit/told-to-guardians'
import { grantors } from '@concord/domain/membership/role-held'
import { seenBy } from '@concord/domain/request/audiences'
import { duties, dutyPairs, whyApart } from '@concord/domain/request/duties'
import { transitions } from '@concord/domain/request/transitions'
import { sessionMinutes } from '../functions/console/sessions.ts'
import { routes } from '../web/routes.ts'

/** Who may do what, as people read it: drawn from the tables that decide it. A test holds the page to them. */
export const permissionsPage = () => `# Who may do what

By \`npm run permissions\`, from the tables that decide it. Nobody has a role by default: each is granted, at one place, from a day on, and read anew on
every call; a claim or a cookie only names one. What is not there and what is not the caller's are answered alike. A role of one network or trust reaches
nothing of another (ADR 22); the store, the access policies of the cloud and the key each hold to it by themselves.

## Steps of a request

Whose a step is, and where a request has to stand. A clinician's are those of the case that is offered to them, or that they hold.

| Step | By | From |
|---|---|---|
${Object.values(transitions)
  .map(({ words, by, from }) => row(words, by.join(', '), from.join(', ')))
  .join('\n')}

The case pack is opened, and the opinion issued, only by the person who accepted: another sign-in on the same register entry sees nothing of the case.
The API asks the same use cases as the console, so what holds for a page holds for its route.

## Who sees what happened

Each event of a request, and how each audience sees it: whole, without the clinician whom it is about, only where it is about themselves, or never. What is
never seen changes no date, tag or answer either (ADR 35). Commissioners and operators see no event of any request.

| Event | Trust | Network | Clinician who is asked or holds the case | Trust’s guardian | Network’s guardian |
|---|---|---|---|---|---|
${Object.entries(seenBy)
  .map(([event, seen]) =>
    row(
      `\`${event}\``,
      ...[seen.trust, seen.network, seen.clinician, seen['trust-guardian'], seen['network-guardian']].map(sight),
    ),
  )
  .join('\n')}

## What guardians are told beside events

Who saw or did what in a case, line by line. *Without whom*: who did it is not shown where that was a clinician, who may never accept. The network’s guardian
is told nothing of a request that was never sent, and nothing from before it was sent. A deed or a role that no table lists is shown without who.

| On record | Trust’s guardian | Network’s guardian |
|---|---|---|
${Object.entries(caseDeeds)
  .map(([deed, told]) => row(`\`${deed}\``, sight(told['trust-guardian']), sight(told['network-guardian'])))
  .join('\n')}

## What one person may not do on one request

Roles are held by people, and a person may hold several. Each pair of duties is judged by person, whatever roles they hold now, and the same in both orders.
Nobody accepts, opens or reports on a request of a trust in which they hold any role. Saying no to an offer is always possible.

| | ${duties.map((duty) => duty.replaceAll('-', ' ')).join(' | ')} |
|---|${duties.map(() => '---|').join('')}
${duties.map((one) => row(one.replaceAll('-', ' '), ...duties.map((other) => (dutyPairs[one][other] === 'together' ? 'yes' : dutyPairs[one][other].replaceAll('-', ' '))))).join('\n')}

${Object.entries(whyApart)
  .map(([name, why]) => `- **${name.replaceAll('-', ' ')}**: ${why}`)
  .join('\n')}

## Pages

| Page | For |
|---|---|
${routes
  .filter(({ method }) => method === 'get')
  .map(({ path, for: whom }) => row(`\`${path}\``, typeof whom === 'string' ? whom : whom.join(', ')))
  .join('\n')}

## What is stored

The beginnings of the keys that each kind of caller may read and write; \`{own}\`, \`{case}\` and the rest are the paths of the caller's own role, set for each
call. A clinician's \`{case}\`, \`{brief}\` and \`{pack}\` are those of the one case in hand, read first from their own partition.

| Caller | Table | Reads | Writes |
|---|---|---|---|
${Object.entries(callerGrants)
  .flatMap(([role, grant]) =>
    entriesOf(grant).map(([table, { read, write }]) => row(role, table, paths(read), paths(write))),
  )
  .join('\n')}

## Single fields

| Field | Read by | Written by |
|---|---|---|
| Brief: question, background, names of the treating team | the trust; the network once submitted; a clinician once the case is offered, until it is over for them | the trust, while it is a draft |
| Identity of the child | the trust; the one clinician who is engaged | the trust, while it is a draft |
| Narrative: story, the team’s view, the family’s questions | the trust; the engaged clinician once the close ties were asked again | the trust, while it is a draft |
| Restricted note: safeguarding, legal | those of the trust who are named; nobody else knows that there is one | those who are named; the first of the trust to write |
| Why the glass was broken, and what its review says | the guardians of the network and the trust | whoever broke it; the guardian who reviewed it |
| Who saw or did what in a case | the guardians of the trust, and of the network from when it was sent; who was asked and has not accepted is not shown to the trust’s | by the process |
| Opinion | the trust and its author, once issued, until the case is over for the author | its author, once |
| Whom the family does not want, whom the team asked, who treated the child | the trust and the network; no clinician | the trust, while it is a draft |
| Who else was asked, who declined, the shortlist and its exclusions | the network | by the process |
| Who approved a plan | nobody: it is on record | by the process |
| Which cases a clinician has | the clinician; everybody else a number | by the process |
| Registration and specialist register of a clinician | the clinician and the home network | the home network |
| Works and declarations of a clinician | the clinician; findings from them the network | the clinician |
| Counts of small numbers | nobody: 0 to 7 are one band | by a release |

A body holds the fields of its schema (\`docs/openapi.json\`); one that it does not know is refused, and who acts, when, and from which state is never read from it.

While the glass over a case is broken, the lead who broke it reads all of the case that is sealed, for an hour and with each time on record.

## Roles

Nobody grants, confirms or ends a role of their own. A register entry has one holder at a time; who takes one over is told to the clinician and the network’s guardian. A role that nobody confirms within 28 days of its yearly review holds no longer.

| Role | Granted, confirmed and ended by |
|---|---|
${roles.map((role) => `| ${role} | ${grantors[role].join(', ')}${grantors[role].includes('operator') ? ', by command' : ''} |`).join('\n')}

## Circumstances that count

| Circumstance | Limit | What follows |
|---|---|---|
| Time since the last page | ${sessionMinutes.idle} minutes | signed out; what was typed is kept on the page and can be sent after signing in |
| Time since signing in | ${sessionMinutes.longest / 60} hours | signed out |
| Time since signing in, to issue an opinion, break the glass or grant a role | ${sessionMinutes.fresh} minutes | asked to sign in once more, with what was typed kept |
| What the issuer says it ended | at once | signed out |
| A role's last day | the next call | refused, whatever else would have been answered |
| The tag a form or a call was made for | any change since that one can see | refused, and shown what changed |

Neither place, network, device nor hour counts. A token of the API counts between its own dates, for this API, from this issuer.
`

const row = (...cells: readonly string[]) => `| ${cells.join(' | ')} |`
const sight = (seen: string) => (seen === 'never' ? '–' : seen.replaceAll('-', ' '))
const paths = (list: readonly string[]) => (list.length === 0 ? '–' : list.map((path) => `\`${path}\``).join(' '))
// A grant has the tables' names for keys, and no other.
const entriesOf = (grant: Readonly<Partial<Record<TableName, Reach>>>) => Object.entries(grant) as [TableName, Reach][]
