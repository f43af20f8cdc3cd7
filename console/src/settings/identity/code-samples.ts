// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the samples are programs of their own
export type SampleLanguage = 'node' | 'php' | 'python'
export type KeyAlgorithm = 'HS256' | 'EdDSA'

export const sampleLanguages: readonly { id: SampleLanguage; label: string }[] = [
  { id: 'node', label: 'Node' },
  { id: 'php', label: 'PHP' },
  { id: 'python', label: 'Python' },
]

/** Complete functions that need nothing but the language's own library (EdDSA in Python: `cryptography`). */
export function codeSample(
  language: SampleLanguage,
  algorithm: KeyAlgorithm,
  names: { kid: string; siteKey: string },
): string {
  const lines = samples[language][algorithm]
  return lines.join('\n').replaceAll('KEY_ID', names.kid).replaceAll('SITE_KEY', names.siteKey)
}

const nodeBody = [
  'export function parleyToken(buyer) {',
  '  const now = Math.floor(Date.now() / 1000)',
  "  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')",
]
const nodeClaims = [
  "    iss: 'SITE_KEY',",
  "    aud: 'parley',",
  '    sub: String(buyer.id), // never an e-mail address',
  '    iat: now,',
  '    exp: now + 300,',
  "    role: 'buyer',",
  '    name: buyer.name,',
  '    email: buyer.email,',
  '    email_verified: buyer.emailVerified,',
  '    orders: buyer.orders.map((order) => ({ id: order.id, vendorIds: order.vendorIds })),',
]

const phpClaims = [
  "    'iss' => 'SITE_KEY',",
  "    'aud' => 'parley',",
  "    'sub' => (string) $buyer['id'], // never an e-mail address",
  "    'iat' => $now,",
  "    'exp' => $now + 300,",
  "    'role' => 'buyer',",
  "    'name' => $buyer['name'],",
  "    'email' => $buyer['email'],",
  "    'email_verified' => $buyer['emailVerified'],",
  "    'orders' => $buyer['orders'], // [['id' => '48213', 'vendorIds' => ['17']]]",
]
const phpPart = [
  'function base64url(string $bytes): string {',
  "  return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');",
  '}',
]

const pythonClaims = [
  '        "iss": "SITE_KEY",',
  '        "aud": "parley",',
  '        "sub": str(buyer["id"]),  # never an e-mail address',
  '        "iat": now,',
  '        "exp": now + 300,',
  '        "role": "buyer",',
  '        "name": buyer["name"],',
  '        "email": buyer["email"],',
  '        "email_verified": buyer["email_verified"],',
  '        "orders": buyer["orders"],  # [{"id": "48213", "vendorIds": ["17"]}]',
]
const pythonPart = [
  'def base64url(value: bytes) -> str:',
  '    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()',
]

const samples: Record<SampleLanguage, Record<KeyAlgorithm, string[]>> = {
  node: {
    HS256: [
      "import { createHmac } from 'node:crypto'",
      '',
      ...nodeBody,
      "  const head = part({ alg: 'HS256', typ: 'JWT', kid: 'KEY_ID' })",
      '  const claims = part({',
      ...nodeClaims,
      '  })',
      "  const signature = createHmac('sha256', process.env.PARLEY_SECRET)",
      '    .update(`${head}.${claims}`)',
      "    .digest('base64url')",
      '  return `${head}.${claims}.${signature}`',
      '}',
    ],
    EdDSA: [
      "import { sign } from 'node:crypto'",
      '',
      '// PARLEY_PRIVATE_KEY: the PEM whose public half you gave to Parley',
      ...nodeBody,
      "  const head = part({ alg: 'EdDSA', typ: 'JWT', kid: 'KEY_ID' })",
      '  const claims = part({',
      ...nodeClaims,
      '  })',
      '  const signature = sign(null, Buffer.from(`${head}.${claims}`), process.env.PARLEY_PRIVATE_KEY)',
      "  return `${head}.${claims}.${signature.toString('base64url')}`",
      '}',
    ],
  },
  php: {
    HS256: [
      ...phpPart,
      '',
      'function parley_token(array $buyer): string {',
      '  $now = time();',
      "  $head = base64url(json_encode(['alg' => 'HS256', 'typ' => 'JWT', 'kid' => 'KEY_ID']));",
      '  $claims = base64url(json_encode([',
      ...phpClaims,
      '  ]));',
      "  $signature = hash_hmac('sha256', \"$head.$claims\", getenv('PARLEY_SECRET'), true);",
      '  return "$head.$claims." . base64url($signature);',
      '}',
    ],
    EdDSA: [
      ...phpPart,
      '',
      '// PARLEY_PRIVATE_KEY: the 64 byte sodium secret key, in base64',
      'function parley_token(array $buyer): string {',
      '  $now = time();',
      "  $head = base64url(json_encode(['alg' => 'EdDSA', 'typ' => 'JWT', 'kid' => 'KEY_ID']));",
      '  $claims = base64url(json_encode([',
      ...phpClaims,
      '  ]));',
      "  $key = base64_decode(getenv('PARLEY_PRIVATE_KEY'));",
      '  return "$head.$claims." . base64url(sodium_crypto_sign_detached("$head.$claims", $key));',
      '}',
    ],
  },
  python: {
    HS256: [
      'import base64, hashlib, hmac, json, os, time',
      '',
      ...pythonPart,
      '',
      'def parley_token(buyer: dict) -> str:',
      '    now = int(time.time())',
      '    head = base64url(json.dumps({"alg": "HS256", "typ": "JWT", "kid": "KEY_ID"}).encode())',
      '    claims = base64url(json.dumps({',
      ...pythonClaims,
      '    }).encode())',
      '    secret = os.environ["PARLEY_SECRET"].encode()',
      '    signature = hmac.new(secret, f"{head}.{claims}".encode(), hashlib.sha256).digest()',
      '    return f"{head}.{claims}.{base64url(signature)}"',
    ],
    EdDSA: [
      'import base64, json, os, time',
      'from cryptography.hazmat.primitives.serialization import load_pem_private_key',
      '',
      '# PARLEY_PRIVATE_KEY: the PEM whose public half you gave to Parley',
      'key = load_pem_private_key(os.environ["PARLEY_PRIVATE_KEY"].encode(), password=None)',
      '',
      ...pythonPart,
      '',
      'def parley_token(buyer: dict) -> str:',
      '    now = int(time.time())',
      '    head = base64url(json.dumps({"alg": "EdDSA", "typ": "JWT", "kid": "KEY_ID"}).encode())',
      '    claims = base64url(json.dumps({',
      ...pythonClaims,
      '    }).encode())',
      '    signature = key.sign(f"{head}.{claims}".encode())',
      '    return f"{head}.{claims}.{base64url(signature)}"',
    ],
  },
}
