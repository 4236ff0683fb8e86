# The registers together

registers-title = Registers
