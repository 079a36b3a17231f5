context.cloud.jobsGetNoMachines()
return true
