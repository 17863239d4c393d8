/** The body of an answer, as far as all answers have it. */
export interface AnswerBody {
  data?: unknown[];
  errors?: unknown[];
}

/** An answer of the mock server. */
export interface Answer {
  status: number;
  body: AnswerBody;
}

/** Posts to the mock server, and keeps every answer. */
export interface Recorder {
  answers: Answer[];
  /** Posts tasks, or text as it is. */
  post(body: unknown, headers?: Record<string, string>): Promise<Answer>;
}

/** @param answers where the answers are kept. */
export function createRecorder(url: string, answers: Answer[] = []): Recorder {
  return {
    answers,
    async post(body, headers = {}) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { authorization: 'Bearer key', 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      const answer = { status: response.status, body: (await response.json()) as AnswerBody };
      answers.push(answer);
      return answer;
    },
  };
}
