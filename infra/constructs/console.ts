import { Duration, Validations } from 'aws-cdk-lib'
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { Construct } from 'constructs'
import type { StageConfig } from '../stage.ts'
import type { Door } from './door.ts'
import { type Holdings, Program } from './program.ts'

export interface ConsoleProps {
  readonly stage: StageConfig
  readonly holdings: Holdings
  readonly door: Door
}

/** People's way in: server-rendered pages, which find out themselves who is signed in. */
export class Console extends Construct {
  readonly program: Program

  constructor(scope: Construct, id: string, { stage, holdings, door }: ConsoleProps) {
    super(scope, id)
    this.program = new Program(this, 'console', {
      stage,
      holdings,
      actsForCallers: true,
      callsOutside: true,
      timeout: Duration.seconds(15),
      environment: {
        ISSUER: stage.issuer,
        OIDC_CLIENT_ID: stage.oidcClientId,
        CONSOLE_URL: stage.consoleUrl,
      },
      hooks: { beforeInstall: () => [], beforeBundling: () => [], afterBundling: copyLook },
    })
    const integration = new HttpLambdaIntegration('Console', this.program)
    const routes = ['/', '/{proxy+}'].flatMap((path) =>
      door.api.addRoutes({ path, methods: [HttpMethod.ANY], integration }),
    )
    for (const route of routes)
      Validations.of(route).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason: 'A browser brings a session cookie, not a token: the console itself sends strangers to sign in.',
      })
  }
}

/** The NHS look travels with the bundle, in `assets/`, so that pages need nobody else's server: without its scripts and its fonts. */
const copyLook = (root: string, bundle: string) => {
  const look = `${root}/node_modules/nhsuk-frontend/dist/nhsuk`
  const assets = `${bundle}/assets`
  const copies = [
    [`${look}/nhsuk-frontend.min.css`, `${assets}/nhsuk-frontend.min.css`],
    [`${look}/assets/images`, `${assets}/images`],
    [`${root}/web/concord.css`, `${assets}/concord.css`],
  ].map(([from, to]) => `fs.cpSync('${from}', '${to}', { recursive: true })`)
  const css = `'${assets}/nhsuk-frontend.min.css'`
  const withoutFonts = `fs.writeFileSync(${css}, fs.readFileSync(${css}, 'utf8').replace(/@font-face{[^}]*}/g, ''))`
  // By Node rather than cp, so that a build on Windows does the same.
  return [...copies, withoutFonts].map((work) => `node -e "${work}"`)
}
