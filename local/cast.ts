import { inventedName } from './cast/names.ts'
import { southWest } from './cast/networks.ts'
import { clinicianIdFor, inventedGmc } from './cast/register.ts'

/** Somebody who can sign in to the demo, and as what. All of them are invented. */
export type CastMember = {
  readonly subject: string
  readonly name: string
  readonly about: string
  readonly email: string
  /** `<role>@<path>`; null for someone who belongs nowhere, and so sees nothing. */
  readonly actsAs: string | null
}

/** A program that can call the API of the demo. All of them are invented; the secret is none, since it is written here. */
export type ApiClient = Readonly<Record<'subject' | 'name' | 'about' | 'secret' | 'actsAs', string>>

/** Programs with tokens of their own, by client credentials: each has its memberships under its client id. */
export const apiClients: readonly ApiClient[] = [
  {
    subject: 'records-bristol',
    name: 'The records system of the Bristol team (invented)',
    about: 'Begins drafts from what the team wrote already, and shows them how their requests stand.',
    secret: 'no-secret-of-records-bristol',
    actsAs: 'requester@network/south-west/trust/RA7',
  },
]

const member = (subject: string, name: string, actsAs: string | null, about: string): CastMember => {
  return { subject, name, about, email: `${subject}@concord.example`, actsAs }
}
const clinician = (n: number, subject: string, about: string) =>
  member(
    subject,
    `Dr ${inventedName(n)}`,
    `clinician@network/${southWest}/clinician/${clinicianIdFor(inventedGmc(n))}`,
    about,
  )

/** The people of the demo, in the order in which a request meets them. */
export const cast: readonly CastMember[] = [
  member(
    'requester-bristol',
    'Dr Anjali Wrenfield',
    'requester@network/south-west/trust/RA7',
    'Paediatrician in Bristol who would like fresh eyes on a child’s care. Everything begins with her asking.',
  ),
  member(
    'eso-lead-bristol',
    'Helen Marchbank',
    'eso-lead@network/south-west/trust/RA7',
    'Leads on second opinions in Bristol. Sees every request of her trust, none of any other, and answers for all of them.',
  ),
  member(
    'coordinator',
    'Joe Tamblyn',
    'coordinator@network/south-west',
    'Coordinates the South West. Knows each request by its facts and never by the child’s name: finds who is expert, free and independent.',
  ),
  member(
    'clinical-lead',
    'Dr Ruth Olawale',
    'clinical-lead@network/south-west',
    'Clinical lead of the South West. Joe asks her when an interest has to be managed or a question is out of scope.',
  ),
  clinician(
    0,
    'neurologist-newcastle',
    'Neurologist in Newcastle, never worked in the South West: nobody is more independent of Bristol.',
  ),
  clinician(
    1,
    'neurologist-liverpool',
    'Neurologist in Liverpool, as free and as independent: a family can be given a choice.',
  ),
  clinician(
    2,
    'neurologist-cambridge',
    'Neurologist in Cambridge, there when the first two cannot: no shortlist should hang on one name.',
  ),
  clinician(
    3,
    'neurologist-lately-bristol',
    'Neurologist in Southampton who worked in Bristol within the last year: expert, free, and never offered when Bristol asks.',
  ),
  member(
    'requester-exeter',
    'Dr Tom Pascoe',
    'requester@network/south-west/trust/RH8',
    'Paediatrician in Exeter, in the same network as Bristol. Looks for Bristol’s requests and finds none.',
  ),
  member(
    'commissioner',
    'Margaret Ellery',
    'commissioner@release/south-west',
    'Commissions children’s care in the South West. Reads published figures, and no case stands behind any of them.',
  ),
  member(
    'guardian',
    'Miriam Tolland',
    'guardian@network/south-west',
    'Guardian of the South West. Sees who has seen a case and never the case itself, and looks at every broken glass on the next working day.',
  ),
  member(
    'guardian-bristol',
    'Dr Owen Farrant',
    'guardian@network/south-west/trust/RA7',
    'Guardian of the trust in Bristol. Is told at once when anybody breaks the glass over one of its cases.',
  ),
  member(
    'operator',
    'Sam Quill',
    'operator@reference',
    'Runs the platform. Brings in the official organisations and can open no case.',
  ),
  member(
    'no-longer',
    'Peter Lorne',
    null,
    'Coordinated the South West until last month. Still has a sign-in, and nothing to see with it.',
  ),
]
