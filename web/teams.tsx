import type { teams } from '@concord/contracts/replies'
import type { z } from 'zod'
import { Button, Form, H2, Table } from './components.tsx'
import { Fields, type Typed } from './fields.tsx'
import { teamForm } from './forms.ts'
import type { Page } from './layout.tsx'
import { teamPath } from './routes.ts'
import { sayDate } from './times.ts'
import { teamWords } from './words.ts'

type TeamToChoose = z.infer<typeof teams>['teams'][number]
type TeamsProps = { readonly teams: readonly TeamToChoose[]; readonly typed: Typed; readonly done: string | undefined }

/** The teams that people choose from, added, renamed and retired here by whoever keeps the list. */
export const teamsPage = ({ teams, typed, done }: TeamsProps): Page => {
  const yours = teams.filter(({ isYours }) => isYours)
  const others = teams.filter(({ isYours, retiredOn }) => !isYours && retiredOn === null)
  return {
    title: 'Teams',
    typed,
    done,
    main: (
      <>
        <p>{teamWords.intro}</p>
        {yours.length === 0 ? (
          <p>{teamWords.none}</p>
        ) : (
          <Table
            caption="Your list"
            heads={['Team', 'In use', 'Change']}
            rows={yours.map((one) => [
              one.name,
              one.retiredOn === null ? 'Yes' : `No, retired on ${sayDate(one.retiredOn)}`,
              <Changes one={one} />,
            ])}
          />
        )}
        <H2>Add a team</H2>
        <Form to={teamPath('add')}>
          <Fields sections={teamForm} typed={typed} />
          <Button>Add the team</Button>
        </Form>
        {others.length > 0 && (
          <>
            <H2>On your network’s list</H2>
            <p>{teamWords.others}</p>
            <ul class="nhsuk-list nhsuk-list--bullet">
              {others.map(({ name }) => (
                <li>{name}</li>
              ))}
            </ul>
          </>
        )}
      </>
    ),
  }
}

/** A team in use can be renamed or retired; a retired one can be brought back, so that nothing done here is final. */
const Changes = ({ one: { id, name, retiredOn } }: { readonly one: TeamToChoose }) => {
  const named = <span class="nhsuk-u-visually-hidden">{`: ${name}`}</span>
  if (retiredOn !== null)
    return (
      <Form to={teamPath('restore')}>
        <input type="hidden" name="team" value={id} />
        <Button isSecond>Use again{named}</Button>
      </Form>
    )
  return (
    <>
      <Form to={teamPath('rename')}>
        <input type="hidden" name="team" value={id} />
        <label class="nhsuk-label" for={`name-${id}`}>
          New name{named}
        </label>
        <input class="nhsuk-input" id={`name-${id}`} name="name" type="text" autocomplete="off" />
        <Button isSecond>Rename{named}</Button>
      </Form>
      <Form to={teamPath('retire')}>
        <input type="hidden" name="team" value={id} />
        <Button isSecond>Retire{named}</Button>
      </Form>
    </>
  )
}
