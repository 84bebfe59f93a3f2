/** The roles of operators, the most powerful first. */
export type Role = 'owner' | 'operator' | 'viewer';

/** The session of the operator in front of the page. */
export interface Session {
  operator: { id: string; name: string; role: Role };
  scopes: string[];
  expires_at: string;
  step_up_until?: string;
}

export interface List<T> {
  items: T[];
  next_cursor?: string;
}

export interface User {
  id: string;
  nickname: string | null;
  phone: string | null;
  appids: string[];
  created_at: string;
  state: 'active' | 'disabled' | 'leaving' | 'merged';
  disabled_at: string | null;
  disabled_until: string | null;
  merged_into: string | null;
  deletes_at: string | null;
  document_bytes?: number;
  /** Other users who are the same person. */
  merge_offers?: string[];
}

export interface UserSession {
  id: string;
  appid: string;
  device: string | null;
  ip: string | null;
  created_at: string;
  last_used_at: string;
  expires_at: string;
}

export interface Identity {
  appid: string;
  openid: string;
  unionid?: string;
}

export interface AuditEvent {
  id: string;
  at: string;
  kind: string;
  user_id: string | null;
  session_id: string | null;
  appid: string | null;
  ip: string | null;
  user_agent: string | null;
  actor: string | null;
  detail: string | null;
}

/** What a check of the doctor has found. */
export interface Finding {
  code?: string;
  is_hint: boolean;
  title: string;
  about: string | null;
  cause: string;
  fix: string;
}

export interface DoctorReport {
  /** How many findings are no hints. */
  problems: number;
  checks: {
    name: string;
    title: string;
    state: 'ok' | 'problem' | 'hint' | 'unchecked' | 'unused';
    findings: Finding[];
  }[];
}
