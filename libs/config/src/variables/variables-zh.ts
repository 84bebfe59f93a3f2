import type { VARIABLES } from './variables.js';

/** The Chinese texts of one variable. */
interface ChineseTexts {
  /** The default in words, for the variables whose English row has `docs`. */
  readonly docs?: string;
  readonly desc: string;
}

/** The Chinese half of {@link VARIABLES}, for `docs/zh-CN/config.md`: a variable without a row here is a type error. */
export const VARIABLES_ZH: Readonly<Record<keyof typeof VARIABLES, ChineseTexts>> = {
  NODE_ENV: { desc: '设为 `production` 时，凡是只适合开发机的默认值，服务一律拒绝启动。' },
  HOST: {
    desc: '监听地址。沙箱小程序的密钥是公开的，因此使用沙箱小程序时只能监听回环地址，否则拒绝启动。',
  },
  PORT: { desc: '监听端口；0 表示由操作系统分配空闲端口。' },
  TRUST_PROXY_HOPS: {
    desc: '服务前面反向代理的层数。客户端地址取 `X-Forwarded-For` 从右往左数的第几个；为 0 时忽略该请求头。',
  },
  ADMIN_PORT: {
    docs: '生产环境：无，即关闭管理端口；其他环境为 9002，`PORT` 为 0 时也为 0',
    desc: '管理端口，只有它提供 `/oauth/*` 和 `/api/admin/*`；0 表示由操作系统分配空闲端口。不得暴露到公网，见 [admin-api.md](admin-api.md)。',
  },
  ADMIN_HOST: { desc: '管理端口的监听地址。' },
  ADMIN_URL: {
    docs: '无',
    desc: '其他后端访问管理端口所用的基础地址。设置后，服务元数据会列出其中的 OAuth 接口，管理端口也接受以该地址的主机名作为 `Host`。',
  },
  ADMIN_TRUST_PROXY_HOPS: {
    desc: '管理端口前面反向代理的层数，含义与对外端口的 `TRUST_PROXY_HOPS` 相同。',
  },
  WEBHOOK_ALLOWED_HOSTS: {
    docs: '无',
    desc: '允许向其任意地址（包括不使用 TLS）发送 webhook 的主机，逗号分隔，例如 `shop.internal`，或同机接收方的 `127.0.0.1`。对其他主机只通过 https 发送到公网地址。',
  },
  LOG_LEVEL: { desc: '输出的最低日志级别。日志写到标准输出。' },
  LOG_FORMAT: {
    docs: '`json`；非生产环境且标准输出为终端时为 `pretty`',
    desc: '`json` 每行一个对象，供程序采集；`pretty` 为便于阅读的文本。',
  },
  METRICS_PORT: {
    docs: '无：生产环境不提供 `/metrics`，其他环境与 `PORT` 共用',
    desc: '`GET /metrics`（Prometheus）在 `HOST` 上的独立端口，与对外端口分开；0 表示由操作系统分配空闲端口。',
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    docs: '无：不上报链路追踪',
    desc: 'OpenTelemetry 链路追踪的上报地址，使用 OTLP over HTTP，自动追加 `/v1/traces`。SDK 的其他 `OTEL_*` 变量（采样、上报请求头等）同样有效。',
  },
  SHUTDOWN_DELAY_SECONDS: {
    docs: '生产环境位于代理之后（`TRUST_PROXY_HOPS`）时为 2，否则为 0',
    desc: '收到 SIGTERM 后继续接收请求的时间，其间 `/health/ready` 返回 503，好让负载均衡先摘除该实例。请设为略大于健康检查的间隔。',
  },
  SHUTDOWN_TIMEOUT_SECONDS: {
    desc: '上述时间结束后，留给处理中请求的时间。届时仍未完成的请求会被中断，进程以 1 退出。',
  },
  DOCS: {
    docs: 'true；生产环境为 false',
    desc: '在 `/docs` 提供 Swagger UI，在 `/docs-json` 提供 OpenAPI 文档。',
  },
  DATABASE_URL: {
    desc: '数据库地址：`sqlite:relative/path`、`sqlite:/absolute/path`，或退出即丢失的 `sqlite::memory:`；`postgres://user:password@host:port/database` 或 `mysql://user:password@host:port/database`（MariaDB 同样适用），可带 pg、mysql2 驱动的查询参数。在微信云托管中（`WEIXIN_CLOUD_RUN`），默认使用平台注入的 `MYSQL_ADDRESS`、`MYSQL_USERNAME`、`MYSQL_PASSWORD` 所指实例中的数据库 `weapp_passport`。启动时在锁的保护下自动执行迁移。',
  },
  DATABASE_POOL_SIZE: {
    desc: '单个实例到 PostgreSQL 或 MySQL 的最大连接数；启动迁移期间另加两个。SQLite 固定为两个。',
  },
  SQLITE_SYNCHRONOUS: {
    desc: '使用 SQLite 时断电的代价。`normal`：丢失最近的少量写入，当时活跃的用户会静默重新登录，数据库文件完好；`full`：已应答的写入不会丢失，但每个事务都要等待一次磁盘同步。仅进程被杀死时，两者都不丢数据。见 [operations.md](operations.md#断电)。',
  },
  REDIS_URL: {
    docs: '无',
    desc: '各实例共用的 Redis：`redis://user:password@host:port/number`，使用 TLS 时为 `rediss://…`。设置后各实例合并计算限流，会话被吊销后其他实例立即拒绝。Redis 并非必需，无响应期间服务照常运行。只要 `JWT_ISSUER` 不同，多个服务可以共用一个 Redis。',
  },
  SECRET_KEY: {
    docs: '生产环境必填；否则首次启动时生成并保存在 `data/secret.key`',
    desc: '至少 32 字节的随机值。其他所有密钥都由它派生，一旦丢失，加密保存的数据将无法读取。',
  },
  SECRET_KEY_FALLBACKS: {
    docs: '无',
    desc: '`SECRET_KEY` 的历史值，以逗号分隔：只用于读取，不再用于写入。',
  },
  WEIXIN_APPS: {
    docs: '生产环境必填（或设置 `WEIXIN_APPS_FILE`）；否则为沙箱小程序',
    desc: '要接入的小程序：`appid:secret[,appid:secret…]`，第一个为默认小程序。',
  },
  WEIXIN_APPS_FILE: {
    docs: '无',
    desc: '小程序列表 JSON 文件的路径，可与 `WEIXIN_APPS` 并用，也可单独使用：`[{"appid", "secret", "name", "login_per_minute"?, "push_token"?, "push_encoding_aes_key"?}]`。修改后两秒内生效，无需重启；文件有误时沿用原来的列表。',
  },
  WEIXIN_API_BASE_URL: {
    docs: '`https://api.weixin.qq.com`；非生产环境使用沙箱小程序时为沙箱',
    desc: '微信服务端接口的地址。',
  },
  WEIXIN_API_FALLBACK_URL: {
    docs: '无；微信提供 `https://api2.weixin.qq.com`',
    desc: '同一接口的备用地址，主地址无法建立连接时使用。',
  },
  WEIXIN_ALLOW_HTTP: {
    desc: '允许在生产环境中对 `WEIXIN_API_BASE_URL`、`WEIXIN_API_FALLBACK_URL` 使用明文 http。请求中含有 AppSecret，因此只应用于对微信仿真服务做压力测试。',
  },
  WEIXIN_TIMEOUT_MS: { desc: '单次调用微信接口的总超时（毫秒），包括建立连接和读取响应。' },
  WEIXIN_CLOUD_RUN: {
    desc: '依据微信云托管网关的 `X-WX-*` 请求头登录。仅限只能经该网关访问的服务；否则任何人都能伪造这些请求头，冒充任意用户登录。',
  },
  WEIXIN_RISK_RANK_MAX: {
    docs: '无',
    desc: '新用户的风险等级（微信 getUserRiskRank，0 为无风险，4 为最高）超过该值时拒绝登录。不设置则不查询。',
  },
  WEIXIN_CONTENT_CHECK: { desc: '保存昵称前，先用微信内容安全接口 msgSecCheck 检测。' },
  PHONE_BINDINGS_PER_DAY: {
    desc: '每个用户每天（UTC）可绑定手机号的次数。微信按次向小程序主体收费；0 表示关闭手机号功能。',
  },
  WEIXIN_PUSH_KEYS: {
    docs: '无',
    desc: '`WEIXIN_APPS` 中各小程序消息推送的 Token 和 EncodingAESKey：`appid:Token:EncodingAESKey[,…]`。`WEIXIN_APPS_FILE` 中的小程序则写在文件里。见 [weixin-push.md](weixin-push.md)。',
  },
  WEIXIN_PUSH_FORWARD_URL: {
    docs: '无',
    desc: '服务把微信的每条推送原样转发到此地址，并返回它的应答，因为微信只允许配置一个 URL。其中的 `{appid}` 会替换为小程序的 appid。允许明文 http 和内网地址，不跟随重定向。',
  },
  SANDBOX_PORT: { desc: '沙箱在 127.0.0.1 上的端口，沙箱和服务都读取它。' },
  JWT_ALGORITHM: { desc: 'access 令牌的签名算法。使用 `HS256` 时，其他后端无法验证。' },
  JWT_ISSUER: {
    docs: '生产环境必填；否则为 `http://127.0.0.1:<PORT>`',
    desc: '本服务对外的基础地址，所有实例必须相同。写入每个令牌，并在验证时核对。',
  },
  JWT_AUDIENCE: { desc: '写入每个令牌，并在验证时核对。' },
  ACCESS_TOKEN_TTL_SECONDS: { desc: 'access 令牌的有效期（秒）。' },
  REFRESH_TOKEN_IDLE_TTL_SECONDS: { desc: 'refresh 令牌闲置多久后过期（秒）。' },
  SESSION_TTL_SECONDS: { desc: '会话的最长有效期（秒）。' },
  REFRESH_REUSE_GRACE_SECONDS: {
    desc: '令牌轮换后的宽限期（秒）：其间用同一个旧令牌重试或并发刷新，得到同一代新令牌；超过之后则得到再下一代，原先那一代作废。',
  },
  MAX_SESSIONS_PER_USER: { desc: '每个用户同时有效的会话数。超出时，最早的会话被结束。' },
  AUTH_EVENTS_RETENTION_DAYS: {
    desc: '审计日志 `auth_events` 的保留天数。默认值对应《网络安全法》要求的网络日志至少留存六个月。',
  },
  AVATAR_HOSTS: {
    docs: '微信的域名：`thirdwx.qlogo.cn,wx.qlogo.cn,mmbiz.qpic.cn`',
    desc: '`avatar_url` 允许使用的域名，以逗号分隔。小程序自行上传头像时，请加入自己的域名；一旦设置，将替换包括微信域名在内的默认值。',
  },
  ACCOUNT_DELETION_COOLING_OFF_DAYS: {
    desc: '用户申请注销到数据被清除之间的天数（冷静期），其间可以撤销。监管要求 App 在 15 个工作日内完成注销。',
  },
  DELETION_LEDGER: {
    desc: '注销台账文件：每次申请、撤销、清除都在事务提交前追加一行，只含 id 和时间。恢复备份后用 `npm run passport -- users replay-deletions` 重放，避免已注销的用户复活。请勿与数据库存放在一起，不同机器上的实例各用一个文件；文件无法写入时，注销不会执行。见 [personal-data.md](personal-data.md#恢复备份之后)。',
  },
  CONSENT_REQUIRED: {
    docs: '无',
    desc: '登录前必须取得的同意，格式为 `类型:版本`，如 `privacy:3,terms:2`。缺少时登录返回 `consent_required`；版本更新后，所有用户下次登录时需重新同意。见 [personal-data.md](personal-data.md#同意记录)。',
  },
  MAX_CONNECTIONS: {
    desc: '同时打开的最大连接数，超出的连接会被关闭。若客户端不读取响应，每个连接最多占用约 64 KB 内存。反向代理需要的连接数等于其处理中的请求数。',
  },
  RATE_LIMIT_LOGIN_PER_MINUTE: {
    desc: '同一地址（IPv6 按 /64）每分钟的登录次数，包括合并用户、绑定手机号和解密开放数据。未设置 `REDIS_URL` 时各实例分别计数；0 为不限。手机常共用运营商的出口地址，因此默认值较宽松。',
  },
  RATE_LIMIT_LOGIN_PER_APP_PER_MINUTE: {
    docs: '0：不限',
    desc: '单个小程序每分钟的登录次数，避免某个小程序耗尽其他小程序的额度。未设置 `REDIS_URL` 时各实例分别计数。被微信拒绝的 code 单独计数：达到同样的数量后，该分钟内发来过无效 code 的地址需要等待。可在 `WEIXIN_APPS_FILE` 中用 `login_per_minute` 为单个小程序另行设置。',
  },
  RATE_LIMIT_REFRESH_PER_MINUTE: {
    desc: '同一会话每分钟的刷新次数；refresh 令牌无效的请求计入其来源地址。0 为不限。',
  },
  RATE_LIMIT_SERVICE_TOKEN_PER_MINUTE: {
    desc: '同一服务账号从同一地址每分钟领取服务令牌的次数，也是同一地址每分钟在 `/oauth/*` 认证失败的次数上限；0 为不限。',
  },
  RATE_LIMIT_VERIFY_PER_MINUTE: {
    desc: '同一地址每分钟调用 `POST /api/token/verify/` 的次数，也是同一地址每分钟签名错误的推送次数上限；0 为不限。',
  },
};
