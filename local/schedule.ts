import { z } from 'zod'
import type { Invoke } from './functions.ts'
import { stop } from './stop.ts'
import { deadLetter } from './stream.ts'
import { type LocalTemplate, understand } from './template.ts'

const scheduleShape = z.object({
  ScheduleExpression: z.string(),
  State: z.literal('ENABLED'),
  Target: z.object({
    Arn: z.string(),
    DeadLetterConfig: z.object({ Arn: z.string() }),
    RetryPolicy: z.object({ MaximumRetryAttempts: z.number() }),
  }),
})

/** How often a schedule comes round, in milliseconds; only plain rates are known here. */
export const every = (expression: string) => {
  const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? []
  const length = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }[unit]
  return length ? Number(count) * length : stop(`The schedule ${expression} is not one that the local runner knows.`)
}

/** Runs the schedules of the template, each for the first time at once. */
export const startSchedules = (template: LocalTemplate, folder: string, find: (arn: string) => Invoke) => {
  const timers = template.all('AWS::Scheduler::Schedule').map((resource) => {
    const { ScheduleExpression, Target } = understand(resource, scheduleShape)
    const invoke = find(Target.Arn)
    const tick = async (retries = Target.RetryPolicy.MaximumRetryAttempts): Promise<void> => {
      const outcome = await invoke({})
      if (outcome.kind === 'returned') return
      if (retries > 0) return tick(retries - 1)
      deadLetter(folder, { queue: Target.DeadLetterConfig.Arn, because: outcome.because })
    }
    void tick()
    return setInterval(() => void tick(), every(ScheduleExpression))
  })
  return { stop: () => timers.map(clearInterval) }
}
