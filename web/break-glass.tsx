import type { openedCase, restricted } from '@concord/contracts/replies'
import type { z } from 'zod'
import { Button, ButtonLink, Form, H2, Inset, Prose } from './components.tsx'
import { Fields, type Typed, typed as untyped } from './fields.tsx'
import { glassForm } from './forms.ts'
import type { Page } from './layout.tsx'
import { shortName } from './next.ts'
import { stepPath } from './routes.ts'
import { Brief, Identity, Opinion, Story } from './texts.tsx'
import { sayLeft, sayTime } from './times.ts'
import { glassWords } from './words.ts'

type About = { readonly id: string }
const of = ({ id }: About) => ({
  caption: `Request ${shortName(id)}`,
  back: [`/requests/${id}`, 'Back to the request'] as const,
})

/** What is safeguarding or legal, for those who are named. */
export const restrictedPage = ({ id, note }: About & { readonly note: z.infer<typeof restricted> }): Page => ({
  title: 'Restricted note',
  ...of({ id }),
  main: (
    <>
      <Prose>{note.text}</Prose>
      <p>{`May be read by ${note.readers.join(', ')}.`}</p>
      <ButtonLink isSecond to={stepPath('restrict', id)}>
        Write it anew
      </ButtonLink>
    </>
  ),
})

/** Asks why, before anything is opened. */
export const glassPage = ({ id, typed = untyped() }: About & { readonly typed?: Typed }): Page => ({
  title: 'Break the glass',
  ...of({ id }),
  typed,
  main: (
    <>
      <p class="nhsuk-lede-text">{glassWords.intro}</p>
      <p>{glassWords.told}</p>
      <Form to={`/requests/${id}/break-glass`}>
        <Fields sections={glassForm} typed={typed} />
        <Button>Break the glass and open the case</Button>
      </Form>
    </>
  ),
})

type Opened = { readonly opened: z.infer<typeof openedCase>; readonly now: string; readonly done: string | undefined }
/** All that is sealed of the case, for as long as it lies open. */
export const openedPage = ({ opened, now, done }: Opened): Page => ({
  title: 'The case, under a broken glass',
  ...of(opened),
  done,
  main: (
    <>
      <Inset>
        <p>{glassWords.open}</p>
        <p>
          <strong>{`Open until ${sayTime(opened.until)} (${sayLeft(opened.until, now)})`}</strong>
        </p>
      </Inset>
      <Opinion view={opened} />
      <Brief view={opened} />
      <Identity view={opened} />
      <Story view={opened} />
      {opened.restricted !== null && (
        <>
          <H2>Restricted note</H2>
          <Prose>{opened.restricted}</Prose>
        </>
      )}
    </>
  ),
})
