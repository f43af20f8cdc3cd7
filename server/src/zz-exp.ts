import pg from 'pg'
import { EmbeddedSocket } from '/work/main/server/src/storage/embedded-socket.ts'
const folder = process.argv[2]
let t=performance.now()
const socket = new EmbeddedSocket(folder)
const client = new pg.Client({ stream: () => socket as never, pipeline: true, user:'postgres', database:'postgres' } as never)
client.on('error', e => console.log('client error', e.message))
await client.connect()
console.log('open', performance.now()-t)
console.log((await client.query('select version(), 1::int8 as n, now() as t, $1::jsonb as j, $2::text[] as a, $3::bytea as b', ['{"a":1}', ['x','y,"'], Buffer.from('hi')])).rows)
await client.query('create table if not exists t(id serial primary key, body text, n int)')
await client.query("insert into t(body,n) values('a',1)")
try { await client.query('select * from nope where a=$1',[1]) } catch(e:any) { console.log(e.code, e.message) }
try { await Promise.all([client.query('select 1/$1::int',[0]), client.query('select 2 as x').then(r=>console.log('after error',r.rows))]) } catch(e:any) { console.log(e.code, e.message) }
async function bench(label:string,n:number,f:(i:number)=>Promise<unknown>){ for(let i=0;i<300;i++) await f(i); const s=performance.now(); const c=process.cpuUsage(); for(let i=0;i<n;i++) await f(i); const cc=process.cpuUsage(c); console.log(label, ((performance.now()-s)*1000/n).toFixed(0)+'us', 'cpu',((cc.user+cc.system)/n).toFixed(0)) }
await bench('select 1 simple',2000,()=>client.query('select 1'))
await bench('select $1 unnamed',2000,(i)=>client.query('select n from t where id=$1',[1]))
await bench('select $1 named',2000,(i)=>client.query({name:'a',text:'select n from t where id=$1',values:[1]}))
await bench('insert unnamed',2000,(i)=>client.query('insert into t(body,n) values($1,$2) returning id',['hello',i]))
await bench('insert named',2000,(i)=>client.query({name:'b',text:'insert into t(body,n) values($1,$2) returning id',values:['hello',i]}))
const tx=(named:boolean)=>async(i:number)=>{ const N=(name:string,text:string,values:unknown[])=>named?{name,text,values}:{text,values}
 client.query('BEGIN'); await client.query(N('x','select n from t where id=$1 for update',[1])); client.query(N('y','update t set n=n+1 where id=$1',[1])); await client.query(N('b','insert into t(body,n) values($1,$2) returning id',['hello',i])); await client.query('COMMIT') }
await bench('tx unnamed',1000,tx(false))
await bench('tx named',1000,tx(true))
t=performance.now(); await client.end(); console.log('close', performance.now()-t)
