import { sayChildNumber, systemOf } from '@concord/domain/child-number'
import { H2, lines, Prose, Summary } from './components.tsx'
import type { Case } from './next.ts'
import { sayDate } from './times.ts'
import { diagnosisWords, numberWords, opinionBases, planWords } from './words.ts'

// The sealed texts of a case: each is on a page only where it came with the reply.

type OfCase = { readonly view: Pick<Case, 'brief' | 'identity' | 'narrative' | 'opinion'> }

export const Brief = ({ view: { brief } }: OfCase) =>
  brief && (
    <>
      <H2>The brief</H2>
      <Prose>{brief.question}</Prose>
      <Prose>{brief.background}</Prose>
    </>
  )

export const Identity = ({ view: { identity } }: OfCase) =>
  identity && (
    <>
      <H2>The child</H2>
      <Summary
        rows={[
          ['Name', `${identity.givenName} ${identity.familyName}`],
          ['Date of birth', sayDate(identity.bornOn)],
          [
            numberWords[identity.nhsNumber === null ? 'nhs' : systemOf(identity.nhsNumber)],
            identity.nhsNumber && sayChildNumber(identity.nhsNumber),
          ],
        ]}
      />
    </>
  )

export const Story = ({ view: { narrative } }: OfCase) =>
  narrative && (
    <>
      <H2>The story</H2>
      <Summary
        rows={[
          ['Clinical summary', <Prose>{narrative.summary}</Prose>],
          ['The team’s view', <Prose>{narrative.teamView}</Prose>],
          ['The family’s questions', lines(narrative.familyQuestions)],
        ]}
      />
    </>
  )

export const Opinion = ({ view: { opinion, narrative } }: OfCase) =>
  opinion && (
    <>
      <H2>The opinion</H2>
      <Summary
        rows={[
          ['For the family', <Prose>{opinion.plainSummary}</Prose>],
          ['Rests on', opinionBases[opinion.basis]],
          ['Its limits', <Prose>{opinion.limits}</Prose>],
          ['Diagnosis', diagnosisWords[opinion.diagnosis]],
          ['The team’s plan', planWords[opinion.plan]],
          ['Findings and reasoning', <Prose>{opinion.reasoning}</Prose>],
          ...opinion.answers.map(
            (one, n) => [narrative?.familyQuestions[n] ?? 'Answer', <Prose>{one}</Prose>] as const,
          ),
        ]}
      />
    </>
  )
