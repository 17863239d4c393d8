import { long, short } from './figures/validation-tasks.ts';
import { validators } from './figures/validators.ts';
const names=(process.argv[2]??'sync3,ajv').split(',') as (keyof typeof validators)[];
for(const n of names){const v=await validators[n]();
 const cases:[string,unknown][]=[...short.valid.map((t,i)=>['sv'+i,t] as [string,unknown]),...short.invalid.map((t,i)=>['si'+i,t] as [string,unknown]),['segs',long.valid[0]],['boxes',long.valid[1]],['segsI',long.invalid[0]],['boxesI',long.invalid[1]]];
 for(let w=0;w<2;w++){const out=[];for(const [k,t] of cases){const s=performance.now();let c=0;while(performance.now()-s<120){for(let i=0;i<50;i++)v(t);c+=50}
 out.push(k+' '+((performance.now()-s)/c*1e6).toFixed(0))}
 if(w)console.log(n,out.join('  '));}
}
