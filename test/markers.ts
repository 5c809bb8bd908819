/**
 * Expectations in fixtures, written as comments under the code they speak of:
 *
 *     response = client.chat.completions.create(**request)
 *     #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unprotected-call: retries 2 times
 *
 * The carets cover the finding's range on the nearest line above that is no marker; `#<` and `//<` start it at the
 * comment's sign, for code that begins at the margin. Words before the colon may end in a severity: `unprotected-call/information`.
 */
export interface Marker {
  readonly start: number;
  readonly end: number;
  readonly rule: string;
  /** Absent where the marker names none. */
  readonly severity?: string;
  /** Words that the message must contain. */
  readonly message: string;
}

const pattern =
  /^\s*(?<sign>#|\/\/)(?<margin><)?\s*(?<carets>\^+)\s*(?<rule>[a-z][a-z0-9-]*)(?:\/(?<severity>[a-z]+))?(?::\s*(?<message>.*?))?\s*$/d;

export function readMarkers(text: string): Marker[] {
  const markers: Marker[] = [];
  let offset = text.startsWith('\uFEFF') ? 1 : 0;
  let code = { start: offset, length: 0 };
  for (const line of text.slice(offset).split('\n')) {
    const match = pattern.exec(line);
    if (!match) code = { start: offset, length: line.length };
    else {
      const { sign, carets } = match.indices!.groups!;
      const { margin, rule, severity, message = '' } = match.groups!;
      const [start, end] = [margin ? sign![0] : carets![0], carets![1]];
      if (code.length < end) throw new Error(`Marker reaches past its line: ${line}`);
      markers.push({
        start: code.start + start,
        end: code.start + end,
        rule: rule!,
        message,
        ...(severity && { severity }),
      });
    }
    offset += line.length + 1;
  }
  return markers;
}
