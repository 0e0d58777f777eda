/** Parameters that must not be blank, told before any request. */
import { type Call, errorOf } from './call.ts';

/** Throws a ValidationError for the first of the named parameters that is empty or only spaces. */
export function rejectBlank(call: Call, params: Readonly<Record<string, string>>): void {
  for (const [field, value] of Object.entries(params)) {
    if (value.trim() === '') throw errorOf(call, 'ValidationError', `${field}: expected a text, got a blank one`, { field });
  }
}
