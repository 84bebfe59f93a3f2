/** The developer's call makes no sense; the message says what would. Answered as status 400 `{"error": message}`. */
export class BadRequest extends Error {
  readonly statusCode = 400;
}
