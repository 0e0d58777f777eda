/** Coverage of a schema as one HTML page, which opens from disk and calls nobody. */
import type { Coverage, CoveredPart, CoveredType } from './coverage.ts';
import { totalRows } from './coverage-text.ts';

/** The whole page. */
export function coveragePage(coverage: Coverage): string {
  const { schema, documents, unresolved, types } = coverage;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>Coverage of ${escaped(schema)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>What operations touch</h1>
<p>${documents} documents against <code>${escaped(schema)}</code>. <span class="maybe">Maybe</span>: a variable whose contents are not seen may hold it, or an answer may.</p>
${unresolved.length === 0 ? '' : `<p class="untouched">${unresolved.length} documents could not be read, and are not counted: ${unresolved.map(({ file, line }) => `<code>${escaped(file)}:${line}</code>`).join(', ')}</p>`}
<div class="wide"><table>
<thead><tr><th></th><th>touched</th><th>maybe</th><th>untouched</th><th></th></tr></thead>
<tbody>
${totalRows(coverage).map(totalRow).join('\n')}
</tbody>
</table></div>
<p class="tools"><label>Find <input id="find" type="search" placeholder="type, field or operation"></label>
<label><input id="only" type="checkbox"> only what is not touched</label></p>
<p id="none" hidden>Nothing of that name.</p>
${types.map(typeBlock).join('\n')}
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function totalRow([what, touched, maybe, untouched]: readonly [string, number, number, number]): string {
  const all = Math.max(1, touched + maybe + untouched);
  const share = (count: number) => `${((100 * count) / all).toFixed(1)}%`;
  const label = `${what}: ${share(touched)} touched, ${share(maybe)} maybe`;
  return `<tr><th scope="row">${what}</th><td>${touched}</td><td>${maybe}</td><td>${untouched}</td><td><div class="bar" role="img" aria-label="${label}"><i class="t" style="width:${share(touched)}"></i><i class="m" style="width:${share(maybe)}"></i></div></td></tr>`;
}

function typeBlock({ name, kind, state, parts }: CoveredType): string {
  const of = (wanted: CoveredPart['state']) => parts.filter((part) => part.state === wanted).length;
  const maybe = of('maybe') === 0 ? '' : `, ${of('maybe')} maybe`;
  return `<details class="type" data-state="${state}"><summary><span class="name ${state}">${escaped(name)}</span> <small>${kind}</small> <span class="count">${of('touched')} of ${parts.length}${maybe}</span></summary><ul>
${parts.map(partLine).join('\n')}
</ul></details>`;
}

function partLine({ name, kind, state, deprecated, operations }: CoveredPart): string {
  const by = operations.length === 0 ? '' : `<span class="by">${operations.map(escaped).join(', ')}</span>`;
  const notes = [kind, ...(deprecated ? ['deprecated'] : []), ...(state === 'touched' ? [] : [state])].join(', ');
  return `<li class="${state}" data-state="${state}"><code>${escaped(name)}</code> <small>${notes}</small>${by}</li>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const STYLE = `
:root{--bg:#fff;--ink:#1b1f24;--soft:#59636e;--line:#d1d9e0;--t:#1a7f37;--m:#9a6700;--u:#b3261e;--fill:#eef1f4}
@media (prefers-color-scheme:dark){:root{--bg:#0d1117;--ink:#e6edf3;--soft:#9198a1;--line:#30363d;--t:#3fb950;--m:#d29922;--u:#ff7b72;--fill:#21262d}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:60rem;margin:0 auto;padding:1rem}
h1{font-size:1.5rem;line-height:1.2;margin:.5rem 0}
code{font:.9em ui-monospace,monospace;overflow-wrap:anywhere}
small,.count{color:var(--soft)}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{padding:.25rem .5rem;border-bottom:1px solid var(--line);text-align:right;font-variant-numeric:tabular-nums}
tbody th{text-align:left;font-weight:500}
td:last-child{width:35%}
.bar{display:flex;height:.6rem;min-width:4rem;background:var(--fill);border-radius:.3rem;overflow:hidden}
.bar i{display:block}.bar .t{background:var(--t)}.bar .m{background:var(--m)}
.tools{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:center;position:sticky;top:0;background:var(--bg);padding:.5rem 0;border-bottom:1px solid var(--line)}
input[type=search]{font:inherit;color:inherit;background:var(--fill);border:1px solid var(--line);border-radius:.3rem;padding:.3rem .5rem;max-width:60vw}
.type{border-bottom:1px solid var(--line)}
summary{display:flex;gap:.5rem;align-items:baseline;padding:.45rem 0;cursor:pointer}
summary::-webkit-details-marker{display:none}summary::before{content:'\\25B8';color:var(--soft);width:.8em}details[open]>summary::before{content:'\\25BE'}
summary .name{font-weight:600;overflow-wrap:anywhere}summary .count{margin-left:auto;white-space:nowrap}
ul{margin:0 0 .75rem;padding:0 0 0 1rem;list-style:none}
li{padding:.15rem 0 .15rem .6rem;border-left:3px solid var(--t)}
li.maybe{border-color:var(--m)}li.untouched{border-color:var(--u)}
.maybe{color:var(--m)}.untouched,li.untouched code{color:var(--u)}li.maybe{color:inherit}
.by{display:block;color:var(--soft);font-size:.85rem;overflow-wrap:anywhere}
[hidden]{display:none}
@media (max-width:32rem){td:last-child,thead th:last-child{display:none}}
`;

const SCRIPT = `
const find=document.getElementById('find'),only=document.getElementById('only'),none=document.getElementById('none');
function show(){
  const word=find.value.trim().toLowerCase();let shown=0;
  for(const type of document.querySelectorAll('.type')){
    const named=type.querySelector('.name').textContent.toLowerCase().includes(word);let lines=0;
    for(const line of type.querySelectorAll('li')){
      const fits=(named||line.textContent.toLowerCase().includes(word))&&!(only.checked&&line.dataset.state==='touched');
      line.hidden=!fits;lines+=fits;
    }
    type.hidden=lines===0;shown+=lines>0;
    if(word!=='')type.open=lines>0&&!type.hidden;
  }
  none.hidden=shown>0;
}
find.addEventListener('input',show);only.addEventListener('change',show);
`;
