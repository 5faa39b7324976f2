/** The one stylesheet of the reader: system type, quiet greys, light and dark as the reader's machine has it. */

export const readerStyle = [
  ':root{color-scheme:light dark;--ground:light-dark(#fff,#17181b);--text:light-dark(#1f2328,#e6e7ea);--quiet:light-dark(#57606a,#a3abb6);--line:light-dark(#e3e6ea,#2e3238);--raised:light-dark(#f6f7f9,#1f2126);--link:light-dark(#0b57b7,#8ab8ff)}',
  '*{box-sizing:border-box}html{scroll-padding-top:16px}',
  'body{margin:0;font:16px/24px system-ui,sans-serif;background:var(--ground);color:var(--text);overflow-wrap:anywhere}',
  'a{color:var(--link);text-underline-offset:3px}a:focus-visible,summary:focus-visible,pre:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:4px}',
  '.skip{position:absolute;left:-999px}.skip:focus{left:16px;top:16px;padding:8px 16px;background:var(--raised)}',
  '.frame{display:grid;grid-template-columns:minmax(0,1fr);max-width:72rem;margin:0 auto;padding:0 20px 96px}',
  'header{padding:48px 0 24px}h1{margin:0 0 12px;font-size:28px;line-height:36px;font-weight:650;letter-spacing:-.01em}',
  'h2{margin:64px 0 8px;padding-top:16px;border-top:1px solid var(--line);font-size:22px;line-height:30px;font-weight:650}',
  'h3{margin:40px 0 8px;font-size:17px;line-height:24px;font-weight:600}h4{margin:20px 0 6px;font-size:14px;line-height:20px;font-weight:600;color:var(--quiet)}',
  'p{margin:0 0 12px;max-width:44rem}.lead{color:var(--quiet)}ul{margin:0 0 12px;padding-left:20px;max-width:44rem}li{margin:4px 0}',
  'code,pre{font:13px/20px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}code{background:var(--raised);padding:1px 5px;border-radius:4px}',
  'pre{margin:0 0 12px;padding:14px 16px;background:var(--raised);border:1px solid var(--line);border-radius:8px;overflow-x:auto;overflow-wrap:normal}pre code{background:none;padding:0}',
  '.address{display:block;margin:0 0 4px;color:var(--quiet)}.address code{background:none;padding:0}.method{font-weight:700;color:var(--text)}',
  'dl{margin:0 0 12px;max-width:44rem}dt{margin-top:10px}dd{margin:0;color:var(--quiet)}dt span{color:var(--quiet);font-size:14px;margin-left:6px}',
  'nav h2{margin:0 0 8px;padding:0;border:0;font-size:14px;line-height:20px;color:var(--quiet)}nav ul{list-style:none;margin:0 0 20px;padding:0}nav a{text-decoration:none;display:block;padding:3px 0;font-size:15px;line-height:20px;color:inherit}nav a:hover{text-decoration:underline}',
  'dt:target code{outline:2px solid var(--link)}',
  '@media(min-width:64rem){.frame{grid-template-columns:15rem minmax(0,1fr);column-gap:56px}header{grid-column:1/-1}nav{position:sticky;top:0;align-self:start;max-height:100vh;overflow-y:auto;padding:24px 0}main{grid-column:2}main>section:first-child h2{margin-top:24px}}',
  '@media(max-width:40rem){h1{font-size:24px;line-height:32px}header{padding-top:32px}}',
  '@media print{nav{display:none}}',
].join('')
