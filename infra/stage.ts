import { z } from 'zod'

const address = z.url({ protocol: /^https?$/ })

/** Whole, and never none: a function that may not run at all is a stage that does not work. */
const runs = z.int().min(1)

const stageShape = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]{1,15}$/, 'a short lower-case word'),
    account: z.string().regex(/^\d{12}$/, 'the twelve digits of an AWS account'),
    region: z.string().regex(/^[a-z]{2}-[a-z]+-\d$/, 'an AWS region'),
    issuer: address,
    audience: z.string().min(1),
    oidcClientId: z.string().min(1),
    consoleUrl: address,
    notifyUrl: address,
    notifyTemplate: z.string().min(1),
    /** Where alarms are sent; nobody is told where it is left out. */
    alarmEmail: z.email().optional(),
    /** A certificate for the host name of consoleUrl: Concord then answers at that name and at no other. */
    certificateArn: z
      .string()
      .regex(/^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/, 'the ARN of a certificate in ACM')
      .optional(),
    /** How many calls of each function may run at once, where other numbers than the usual ones are wanted. */
    concurrency: z.strictObject({ api: runs, console: runs, react: runs, clock: runs }).partial().optional(),
    /** Tables and keys outlive their stack wherever real people's records are. */
    retain: z.boolean(),
  })
  .refine(({ name, region }) => name === 'local' || region === 'eu-west-2', 'records of patients stay in eu-west-2')
  .refine(
    (stage) => stage.name === 'local' || [stage.issuer, stage.consoleUrl, stage.notifyUrl].every(isSecure),
    'issuer, consoleUrl and notifyUrl must begin with https://',
  )

const isSecure = (url: string) => url.startsWith('https://')

/** What differs from one deployment to the next, and nothing else. */
export type StageConfig = Readonly<z.infer<typeof stageShape>>

/**
 * How many calls of each function may run at once. It is reserved: a flood at one door takes nothing from the other, nor from the
 * clock and the reactors, which keep deadlines and notices going.
 */
export const usualConcurrency = { api: 20, console: 30, react: 10, clock: 2 } as const

export type StageReading =
  | { readonly kind: 'checked'; readonly stage: StageConfig }
  | { readonly kind: 'refused'; readonly because: string }

/** Reads the settings of a stage; a wrong or missing one is named. */
export const readStage = (settings: unknown): StageReading => {
  const read = stageShape.safeParse(settings)
  if (read.success) return { kind: 'checked', stage: read.data }
  const problems = read.error.issues.map(({ path, message }) => `${path.join('.') || 'the stage'}: ${message}`)
  return { kind: 'refused', because: `The stage's settings are not complete: ${problems.join('; ')}.` }
}

/** Made-up settings with which the templates can be synthesised and checked offline. */
export const exampleStage = (name: string): StageConfig => ({
  name,
  account: '000000000000',
  region: 'eu-west-2',
  issuer: 'https://sign-in.example.nhs.uk',
  audience: 'urn:concord:api',
  oidcClientId: 'concord-console',
  consoleUrl: 'https://concord.example.nhs.uk',
  notifyUrl: 'https://api.notifications.service.gov.uk',
  notifyTemplate: '00000000-0000-0000-0000-000000000000',
  retain: true,
})
