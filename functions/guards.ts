// What every answer of either face tells a browser, whatever it answers: pages, replies, refusals, breakdowns, files.

/** What no page of ours uses: a browser then offers it to nobody, whatever slips into a page. */
const powers = [
  'accelerometer',
  'autoplay',
  'bluetooth',
  'browsing-topics',
  'camera',
  'clipboard-read',
  'clipboard-write',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'otp-credentials',
  'payment',
  'picture-in-picture',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'web-share',
  'window-management',
  'xr-spatial-tracking',
]

const always = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': powers.map((power) => `${power}=()`).join(', '),
}
const onlyHttps = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }

/** An answer of the API is for programs: shown in a browser it may do nothing at all. */
export const apiGuards: Readonly<Record<string, string>> = {
  ...always,
  ...onlyHttps,
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'referrer-policy': 'no-referrer',
}

/**
 * What a browser may do with a page: nothing but show it, and send its forms back here or sign out at the issuer. The console has
 * no script and no inline style, so none is named and `default-src 'none'` refuses all; a page that ever needs one gives it a nonce
 * of that answer, never 'unsafe-inline'.
 */
export const consoleGuards = ({ consoleUrl, issuer }: { readonly consoleUrl: string; readonly issuer: string }) => ({
  ...always,
  ...(consoleUrl.startsWith('https://') && onlyHttps),
  'content-security-policy': `default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self' ${new URL(issuer).origin}; frame-ancestors 'none'; base-uri 'none'`,
  'referrer-policy': 'same-origin',
})
