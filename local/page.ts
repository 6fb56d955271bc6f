const style = `body{font:1.1rem/1.5 Arial,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#212b32;background:#f0f4f5}
button{font:inherit;display:block;width:100%;text-align:left;margin:.5rem 0;padding:.8rem 1rem;background:#fff;border:1px solid #aeb7bd}
button:hover,button:focus{outline:3px solid #ffeb3b;border-color:#212b32}article{background:#fff;padding:.5rem 1rem;margin:1rem 0}
strong.label{background:#ffeb3b;padding:0 .5rem}pre{white-space:pre-wrap;font:inherit}`

/** A page of the runner's own, plainly not one of the product's. */
export const page = (title: string, body: string) => `<!doctype html><html lang="en-GB"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style></head>
<body><p><strong class="label">Invented people and cases</strong></p><main><h1>${title}</h1>${body}</main></body></html>`

/** Text made safe to stand in a page. */
export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
